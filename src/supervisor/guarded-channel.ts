// The line from a host, read with care. A host may have been taken over, and Node trusts the other end of its IPC: a line
// that is not JSON, or one of Node's own messages out of place, would throw here, and end the server.
import type { ChildProcess } from 'node:child_process'

interface ReadHandle {
  onread: (this: unknown, ...args: unknown[]) => unknown
}

/** @param garbage - the child has sent what no host sends; nothing it says after that can be trusted */
export function guardChannel(child: ChildProcess, garbage: () => void): void {
  // What Node reads messages with: that it has no public name is why this is needed.
  const key = Object.getOwnPropertySymbols(child).find(({ description }) => description === 'kChannelHandle')
  const handle = key === undefined ? undefined : (child as unknown as Record<symbol, ReadHandle | undefined>)[key]
  if (handle !== undefined) {
    const { onread } = handle
    handle.onread = function (...args) {
      return guarded(() => onread.apply(this, args))
    }
  }
  const emit = child.emit.bind(child) as (name: string, ...args: unknown[]) => boolean
  child.emit = ((name: string, ...args: unknown[]) => {
    const isMessage = name === 'message' || name === 'internalMessage'
    return isMessage ? guarded(() => emit(name, ...args)) : emit(name, ...args)
  }) as typeof child.emit

  function guarded<T>(work: () => T): T | false {
    try {
      return work()
    } catch {
      garbage()
      return false
    }
  }
}
