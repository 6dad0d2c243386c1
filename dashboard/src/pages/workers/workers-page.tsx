import type { PageProps } from '../../shell/pages.ts'

export function WorkersPage(_props: PageProps) {
  return <h1>Workers</h1>
}
