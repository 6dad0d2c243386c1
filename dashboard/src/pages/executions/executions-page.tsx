import type { PageProps } from '../../shell/pages.ts'
import { ExecutionDetail } from './execution-detail.tsx'
import { ExecutionTable } from './execution-table.tsx'

export function ExecutionsPage({ path: [id] }: PageProps) {
  return (
    <>
      <h1>Executions</h1>
      {id === undefined ? <ExecutionTable /> : <ExecutionDetail key={id} id={id} />}
    </>
  )
}
