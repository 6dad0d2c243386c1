// How the last action ended.
import type { Action } from '../api/use-action.ts'
import { Notice } from './notice.tsx'

export function Ending({ action: { done, error } }: { readonly action: Action }) {
  if (error !== undefined) return <Notice kind="error">{error.message}</Notice>
  return done === undefined ? null : <Notice kind="info">{done}</Notice>
}
