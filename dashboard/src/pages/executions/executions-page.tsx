import type { PageProps } from '../../shell/pages.ts'

export function ExecutionsPage(_props: PageProps) {
  return <h1>Executions</h1>
}
