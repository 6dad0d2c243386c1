// All workers, or one of them: `#/workers/<tenant>/<worker>/<part>`.
import type { PageProps } from '../../shell/pages.ts'
import { useTraffic } from './traffic.ts'
import { WorkerDetail } from './worker-detail.tsx'
import { WorkerList } from './worker-list.tsx'
import './workers.css'

export function WorkersPage({ path: [tenant, worker, part] }: PageProps) {
  // Of both: what was seen of a worker's traffic in the list is there when one looks closer.
  const traffic = useTraffic()
  if (tenant === undefined || worker === undefined) return <WorkerList traffic={traffic} />
  return <WorkerDetail key={`${tenant}/${worker}`} worker={{ tenant, worker }} part={part} traffic={traffic} />
}
