// The pages there are. One more is a folder in `pages/` and a line here.
import type { ComponentType } from 'react'
import { MachinePage } from '../pages/machine/machine-page.tsx'
import { MetricsPage } from '../pages/metrics/metrics-page.tsx'
import { PlaygroundPage } from '../pages/playground/playground-page.tsx'
import { ExecutionsPage } from '../pages/executions/executions-page.tsx'
import { WorkersPage } from '../pages/workers/workers-page.tsx'

export interface PageProps {
  /** What follows the page's name in the address. */
  readonly path: readonly string[]
}

interface Page {
  readonly name: string
  readonly title: string
  readonly component: ComponentType<PageProps>
}

export const PAGES: readonly Page[] = [
  { name: 'playground', title: 'Playground', component: PlaygroundPage },
  { name: 'executions', title: 'Executions', component: ExecutionsPage },
  { name: 'workers', title: 'Workers', component: WorkersPage },
  { name: 'machine', title: 'Machine', component: MachinePage },
  { name: 'metrics', title: 'Metrics', component: MetricsPage },
]
