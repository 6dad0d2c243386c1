import type { PageProps } from '../../shell/pages.ts'

export function MetricsPage(_props: PageProps) {
  return <h1>Metrics</h1>
}
