// A request body that arrives when the test says so: a task that reads it waits inside its handler, for as long as wanted.
import type { ByteSource } from '../../src/task.ts'

export interface Gate {
  /** For a POST request; see {@link HOLD}. */
  readonly body: ByteSource
  /** Resolves once a worker has begun to read, so that its task is certainly running. */
  readonly entered: Promise<void>
  /** The body is complete; what waits for it goes on. */
  open(text?: string): void
  /** Whoever read has given up. */
  readonly isCanceled: boolean
}

/** A worker whose tasks wait for their request's body, and answer with it. */
export const HOLD = 'export default { async fetch(request) { return new Response("held " + (await request.text())) } }'

export function gate(): Gate {
  const entered = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<string>()
  let isRead = false
  let isCanceled = false
  return {
    body: {
      async read() {
        if (isRead) return undefined
        isRead = true
        entered.resolve()
        const text = await opened.promise
        return text === '' ? undefined : Buffer.from(text)
      },
      cancel() {
        isCanceled = true
        opened.resolve('')
      },
    },
    entered: entered.promise,
    open: (text = '') => opened.resolve(text),
    get isCanceled() {
      return isCanceled
    },
  }
}
