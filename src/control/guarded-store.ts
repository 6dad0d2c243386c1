// A store whose disk may be full. What somebody waits for fails with a code; what control notes for itself (who is held
// back, whom to trust, what went wrong) is kept in memory anyway, and must not stop it.
import { IsopodError } from '../errors.ts'
import type { Incident } from '../wire/incident.ts'
import type { Store } from './store.ts'

const AWAITED = ['addVersion', 'addDeployment', 'removeWorker', 'removeVersion'] as const
const NOTED = ['setCodeCache', 'saveTenants', 'saveQuarantine', 'removeQuarantine'] as const
const MAX_UNWRITTEN = 200

/** @param warn - told once for each run of failures */
export function guardStore(store: Store, warn: (message: string) => void): Store {
  const guarded = { ...store }
  let hasWarned = false
  const note = (write: () => void): void => {
    try {
      write()
      hasWarned = false
    } catch (error) {
      if (!hasWarned) warn(`the state could not be written, and goes on in memory only: ${textOf(error)}`)
      hasWarned = true
    }
  }
  for (const name of AWAITED) {
    const method = store[name] as (...args: unknown[]) => unknown
    replace(name, (...args) => {
      try {
        return method(...args)
      } catch (error) {
        throw new IsopodError('STORE_FAILED', `The state could not be written: ${textOf(error)}.`, { cause: error })
      }
    })
  }
  for (const name of NOTED) {
    const method = store[name] as (...args: unknown[]) => unknown
    replace(name, (...args) => note(() => void method(...args)))
  }
  /** Oldest first; written with the next one that can be. */
  const unwritten: Incident[] = []
  guarded.addIncident = (incident) => {
    unwritten.push(incident)
    if (unwritten.length > MAX_UNWRITTEN) unwritten.shift()
    note(() => {
      for (let next = unwritten[0]; next !== undefined; next = unwritten[0]) {
        store.addIncident(next)
        unwritten.shift()
      }
    })
  }
  guarded.incidents = () => [...unwritten.toReversed(), ...store.incidents()]
  return guarded

  function replace(name: keyof Store, method: (...args: unknown[]) => unknown): void {
    Object.assign(guarded, { [name]: method })
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
