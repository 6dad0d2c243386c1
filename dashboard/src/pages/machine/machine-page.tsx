import type { PageProps } from '../../shell/pages.ts'

export function MachinePage(_props: PageProps) {
  return <h1>Machine</h1>
}
