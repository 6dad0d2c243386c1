import type { ExecutionStatus } from '../../../src/server/api/execution-shapes.ts'

export function isUnderWay(status: ExecutionStatus): boolean {
  return status === 'pending' || status === 'running'
}
