// Ways of running code that was sent for execution.
import type { Health } from '../../backend/backend.ts'
import { byName, type Family, type Sample } from './exposition.ts'

export interface BackendStanding extends Pick<Health, 'running' | 'runs' | 'restarts'> {
  readonly name: string
}

export function backendFamilies(backends: readonly BackendStanding[]): readonly Family[] {
  const byBackend = (read: (backend: BackendStanding) => number): readonly Sample<number>[] =>
    byName(Object.fromEntries(backends.map((backend) => [backend.name, read(backend)])))
  return [
    {
      name: 'isopod_backend_running_executions',
      type: 'gauge',
      help: 'Executions that a backend is running.',
      labels: ['backend'],
      samples: byBackend(({ running }) => running),
    },
    {
      name: 'isopod_backend_executions_total',
      type: 'counter',
      help: 'Executions that a backend has run.',
      labels: ['backend'],
      samples: byBackend(({ runs }) => runs),
    },
    {
      name: 'isopod_backend_restarts_total',
      type: 'counter',
      help: 'How often the engine of a backend had to be started again.',
      labels: ['backend'],
      samples: byBackend(({ restarts }) => restarts),
    },
  ]
}
