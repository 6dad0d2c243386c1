// Debuggers at an isolate, which speak V8's inspector protocol, as text. An isolate that is paused keeps its thread and its
// lock: nothing here waits for either, and it is never disposed of before its sessions, or it would stay paused for ever.
import type ivm from 'isolated-vm'

/** Who hears what V8 says. Called in turns of this thread's event loop. */
export interface InspectorClient {
  send(message: string): void
  /** The isolate has gone. */
  closed(): void
}

export interface InspectorSession extends Disposable {
  receive(message: string): void
}

/**
 * V8 holds the program when its heap is full. It is let go at once: the isolate is about to end, and who then still has a
 * session waits for its lock for ever.
 */
function isOutOfMemory(message: string): boolean {
  return message.startsWith('{"method":"Debugger.paused"') && message.includes('"reason":"OOM"')
}

/** V8 says that it holds the program a moment before it does, and hears nothing in between. */
const LET_GO_MS = 100

/** Of isolates that ended by themselves: to dispose of one, or to let it be collected, would wait for ever. */
const lost: ivm.InspectorSession[] = []

export class InspectorSessions {
  readonly #isolate: ivm.Isolate
  readonly #open = new Map<ivm.InspectorSession, InspectorClient>()

  constructor(isolate: ivm.Isolate) {
    this.#isolate = isolate
  }

  open(client: InspectorClient): InspectorSession {
    const session = this.#isolate.createInspectorSession()
    this.#open.set(session, client)
    const send = (message: string): void => {
      if (this.#open.has(session)) client.send(message)
    }
    session.onResponse = (_id, message) => send(message)
    session.onNotification = (message) => {
      if (isOutOfMemory(message)) setTimeout(() => this.close(), LET_GO_MS)
      else send(message)
    }
    return {
      receive: (message) => {
        if (this.#open.has(session) && !this.#isolate.isDisposed) session.dispatchProtocolMessage(message)
      },
      [Symbol.dispose]: () => {
        // The program goes on where it was paused, and its breakpoints go.
        if (this.#open.delete(session)) this.#end(session)
      },
    }
  }

  close(): void {
    for (const [session, client] of this.#open) {
      this.#open.delete(session)
      this.#end(session)
      client.closed()
    }
  }

  /** An isolate that ran out of memory has gone before anybody is told. */
  #end(session: ivm.InspectorSession): void {
    if (this.#isolate.isDisposed) lost.push(session)
    else session.dispose()
  }
}
