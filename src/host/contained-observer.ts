// An embedder's observer, made unable to break the core: it is called in the middle of ending tasks.
import { OBSERVER_EVENTS, type Observer } from '../observer.ts'

/** The same observer; what it throws becomes a process warning. */
export function containObserver(observer: Observer): Observer {
  const contained: Record<string, unknown> = {}
  for (const name of OBSERVER_EVENTS) {
    const method = observer[name]?.bind(observer) as ((event: unknown, more?: unknown) => void) | undefined
    if (method === undefined) continue
    contained[name] = (event: unknown, more?: unknown): void => {
      try {
        method(event, more)
      } catch (error) {
        process.emitWarning(
          `observer.${name} threw: ${error instanceof Error ? error.message : String(error)}`,
          'IsopodWarning',
        )
      }
    }
  }
  return contained
}
