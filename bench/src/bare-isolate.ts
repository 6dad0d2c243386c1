// The yardstick for what Isopod adds: isolated-vm used directly, with a timeout on every entry and nothing else. No
// web platform, no accounting, no limits besides the timeout.
import ivm from 'isolated-vm'

const ENTRY_TIMEOUT_MS = 100

// `respond` and `operate` stand for the calls into the host; a result is text.
const GUEST = `
const respond = $0, operate = $1
const pending = new Map()
let lastOp = 0
const callHost = (text) => new Promise((resolve) => { pending.set(++lastOp, resolve); operate(lastOp, text) })
const handlers = {
  sync: (text) => { respond('ok' + text.length) },
  async: async (text) => { await undefined; respond('ok' + text.length) },
  op: async (text) => { respond('ok' + await callHost(text)) },
}
return {
  returns: (text) => 'ok' + text.length,
  enter: (kind, text) => { handlers[kind](text) },
  settle: (id, text) => { const resolve = pending.get(id); pending.delete(id); resolve(text) },
}
`

export interface BareIsolate extends Disposable {
  /** One entry, the result by return value: the least a timed call can cost. */
  readonly callReturning: (text: string) => string
  /** One entry, the result by Callback; for `op` a second entry that brings the operation's result. */
  readonly call: (kind: 'sync' | 'async' | 'op', text: string) => string
}

export function createBareIsolate(): BareIsolate {
  const isolate = new ivm.Isolate({ memoryLimit: 50 })
  const context = isolate.createContextSync()
  let answer = ''
  let opened = 0
  const respond = new ivm.Callback((text: string) => {
    answer = text
  })
  const operate = new ivm.Callback((id: number) => {
    opened = id
  })
  const guest = context.evalClosureSync(GUEST, [respond, operate], { result: { reference: true } })
  const [returns, enter, settle] = (['returns', 'enter', 'settle'] as const).map((name) =>
    guest.getSync(name, { reference: true }),
  ) as [ivm.Reference, ivm.Reference, ivm.Reference]
  const options = { timeout: ENTRY_TIMEOUT_MS }
  return {
    callReturning: (text) => returns.applySync(undefined, [text], options) as string,
    call: (kind, text) => {
      enter.applySync(undefined, [kind, text], options)
      if (kind === 'op') settle.applySync(undefined, [opened, 'done'], options)
      return answer
    },
    [Symbol.dispose]: () => isolate.dispose(),
  }
}
