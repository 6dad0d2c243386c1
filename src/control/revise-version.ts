// A version made of a stored one. What is not said anew stays as it was, and does not leave the server for that.
import type { Version } from '../version.ts'
import { unpackVersion, type VersionText } from '../wire/version-text.ts'
import type { Deployment } from './deployments.ts'

export type VersionChanges = Partial<Pick<Version, 'bundle' | 'mode' | 'limits' | 'minWarm'>>

export function reviseVersion(stored: VersionText, changes: VersionChanges): Deployment {
  const { id: _id, number: _number, ...kept } = unpackVersion(stored)
  return { ...kept, ...changes }
}
