// Entries on isolated-vm's thread pool: founding design 2 to the letter. Any pool thread enters any isolate under V8's
// Locker. About 130 µs a task with one op, because the guest's sync calls wait for this thread's event loop, and an
// uninterruptible entry can never be ended. CPU time is the time the isolate's lock was held.
import type ivm from 'isolated-vm'
import { crossIn } from './cross-in.ts'
import { readFailure, takeRejections } from './entry-ending.ts'
import type { EnterReference, Executor } from './executor.ts'

type Differences = Pick<Executor, 'name' | 'createContext' | 'takeRejections'>

function onThreads({ createContext, name, takeRejections: take }: Differences): Executor {
  return {
    name,

    createContext,

    compile: (isolate, source, options) => isolate.compileScript(source, options),

    async install(script, context, call) {
      const install = await script.run(context, { reference: true })
      const enter = await install.apply(undefined, [call], { result: { reference: true } })
      install.release()
      return enter as EnterReference
    },

    // A pool thread is inside the isolate and waits for this one: it can be entered by nobody else.
    part: ({ source }) => source,

    async run(script, context, timeoutMs) {
      await script.run(context, { timeout: timeoutMs })
    },

    enter(reference, { kind, id, a, b, c }, { isolate, timeoutMs, done }) {
      const start = readCpu(isolate, 0n)
      const lockedUs = (): number => Number((readCpu(isolate, start) - start) / 1000n)
      reference.apply(undefined, [kind, id, crossIn(a), crossIn(b), crossIn(c)] as never, { timeout: timeoutMs }).then(
        (returned) => done(lockedUs(), returned),
        (thrown: unknown) => {
          const cpuUs = lockedUs()
          take(isolate)
          done(cpuUs, readFailure(thrown, { ranMs: cpuUs / 1000, timeoutMs, isDisposed: isolate.isDisposed }))
        },
      )
    },

    takeRejections: take,
  }
}

export const threadsExecutor: Executor = onThreads({
  name: 'threads',
  createContext: (isolate) => isolate.createContext(),
  takeRejections,
})

/** Inspected isolates tell debuggers of their contexts, and may be held by one: this thread must not wait for their lock. */
export const inspectedExecutor: Executor = onThreads({
  name: 'inspected',
  createContext: (isolate) => isolate.createContext({ inspector: true }),
  takeRejections: takeRejectionsLater,
})

/** In line with the calls before and after it. */
function takeRejectionsLater(isolate: ivm.Isolate): void {
  if (isolate.isDisposed) return
  isolate.getHeapStatistics().catch(() => undefined)
}

/** Nanoseconds; a disposed isolate has no clock any more. */
function readCpu(isolate: { readonly cpuTime: bigint }, otherwise: bigint): bigint {
  try {
    return isolate.cpuTime
  } catch {
    return otherwise
  }
}
