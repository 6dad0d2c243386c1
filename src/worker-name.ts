// What a worker, and a tenant, may be called: what a label of a host name may be, and "_".
import { IsopodError } from './errors.ts'

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/

/** Completes "The worker must be …". */
export const NAME_RULE = 'named by 1 to 63 letters, digits, "-" or "_", beginning and ending with a letter or digit'

export function isName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name)
}

/** @throws IsopodError `INVALID_WORKER_ID` */
export function assertName(name: unknown, what: 'worker' | 'tenant'): asserts name is string {
  if (isName(name)) return
  const shown = typeof name === 'string' ? JSON.stringify(name.slice(0, 80)) : `a value of type ${typeof name}`
  throw new IsopodError('INVALID_WORKER_ID', `The ${what} must be ${NAME_RULE}; got ${shown}.`)
}
