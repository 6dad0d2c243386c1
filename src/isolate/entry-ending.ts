// What became of one entry into V8, read from what isolated-vm throws.

/** `uncaught` is a promise rejection nobody handled: isolated-vm throws it into whichever call is running. */
export type EntryFailure =
  | { readonly type: 'timeout' }
  | { readonly type: 'memory' }
  | { readonly type: 'disposed' }
  | { readonly type: 'uncaught'; readonly name: string; readonly message: string; readonly stack: string }

const TIMEOUT: EntryFailure = Object.freeze({ type: 'timeout' })
const MEMORY: EntryFailure = Object.freeze({ type: 'memory' })
const DISPOSED: EntryFailure = Object.freeze({ type: 'disposed' })

const MAX_TEXT = 16 * 1024

/**
 * @param thrown - what `applySync` or `apply` threw: an error of the host's realm, or a primitive
 * @param entry - how long the entry lasted against its time limit, and whether its isolate is gone: a guest may reject
 *   with the very text of a timeout, or of an isolate that is disposed of
 */
export function readFailure(
  thrown: unknown,
  entry: { readonly ranMs: number; readonly timeoutMs: number; readonly isDisposed: boolean },
): EntryFailure {
  if (!(thrown instanceof Error)) return uncaught('Uncaught', String(thrown), '')
  const { message } = thrown
  if (message === 'Script execution timed out.' && entry.ranMs >= entry.timeoutMs * 0.9) return TIMEOUT
  if (entry.isDisposed)
    return message === 'Isolate was disposed during execution due to memory limit' ? MEMORY : DISPOSED
  return uncaught(thrown.name, message, thrown.stack ?? '')
}

/**
 * A timeout leaves the unhandled rejections of its entry behind, and isolated-vm throws one into whichever call comes
 * next. This is that call, for an isolate whose entry failed.
 */
export function takeRejections(isolate: { getHeapStatisticsSync(): unknown }): void {
  try {
    isolate.getHeapStatisticsSync()
  } catch {
    // A rejection of the entry that failed; its task is told of the timeout. Or the isolate is gone.
  }
}

function uncaught(name: string, message: string, stack: string): EntryFailure {
  return {
    type: 'uncaught',
    name: name.slice(0, 256),
    message: message.slice(0, MAX_TEXT),
    stack: stack.slice(0, MAX_TEXT),
  }
}
