// Entries on the calling thread: 1.5–3 µs each. What an entry does is bounded by its timeout, except for the built-ins
// V8 cannot interrupt; those are what a process of its own is for.
import { endEntry, startEntry } from './entry-clock.ts'
import { crossIn } from './cross-in.ts'
import { readFailure, takeRejections } from './entry-ending.ts'
import type { EnterReference, Executor } from './executor.ts'
import { GUEST_FILENAME } from './guest-script.ts'

export const inlineExecutor: Executor = {
  name: 'inline',

  createContext: (isolate) => settled(() => isolate.createContextSync()),

  compile: (isolate, source, options) => settled(() => isolate.compileScriptSync(source, options)),

  install: (script, context, call) =>
    settled(() => {
      const install = script.runSync(context, { reference: true })
      const enter = install.applySync(undefined, [call], { result: { reference: true } })
      install.release()
      return enter as EnterReference
    }),

  // Within an entry, on the thread that runs it: 2 to 7 ms less than having the guest compile the source.
  part({ source, ...cache }, { isolate, context }) {
    const script = isolate.compileScriptSync(source, { filename: GUEST_FILENAME, ...cache })
    const part = script.runSync(context, { reference: true })
    script.release()
    return part.derefInto({ release: true })
  },

  run: (script, context, timeoutMs) => settled(() => void script.runSync(context, { timeout: timeoutMs })),

  enter(reference, { kind, id, a, b, c }, { isolate, timeoutMs, done }) {
    const startMs = startEntry()
    let returned: string | undefined
    try {
      returned = reference.applySync(undefined, [kind, id, crossIn(a), crossIn(b), crossIn(c)] as never, {
        timeout: timeoutMs,
      })
    } catch (thrown) {
      const ranMs = performance.now() - startMs
      const cpuUs = endEntry(startMs)
      takeRejections(isolate)
      done(cpuUs, readFailure(thrown, { ranMs, timeoutMs, isDisposed: isolate.isDisposed }))
      return
    }
    done(endEntry(startMs), returned)
  },

  takeRejections,
}

/** Runs now; only the answer is asynchronous, so that no V8 work spans an await. */
function settled<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work())
  } catch (error) {
    return Promise.reject(error)
  }
}
