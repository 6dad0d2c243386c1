import type { PageProps } from '../../shell/pages.ts'

export function PlaygroundPage(_props: PageProps) {
  return <h1>Playground</h1>
}
