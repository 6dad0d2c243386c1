import type { LiveWorkerReport } from '../../../../src/server/api/deployment-shapes.ts'

export interface PartProps {
  readonly worker: LiveWorkerReport
  readonly mayChange: boolean
  /** The versions that answer may be others now. */
  readonly changed: () => Promise<void>
}
