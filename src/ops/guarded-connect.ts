// Opens sockets for undici to addresses the guard allows, and to no others. Invariant: the address that was checked is
// the address that is connected to. A name is resolved once and the socket gets the checked answers, so an answer that
// changes in between (DNS rebinding) changes nothing; TLS still sees the name. Pooled sockets were checked when made.
import { isIP, Socket } from 'node:net'
import type { LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { IsopodError } from '../errors.ts'
import type { NetworkGuard } from './network-guard.ts'
import { undici } from './undici.ts'

export interface GuardedConnectOptions {
  readonly guard: NetworkGuard
  /** How names are resolved. */
  readonly lookup: LookupFunction
  /** Resolving, TCP and TLS together, in milliseconds. */
  readonly connectTimeoutMs: number
  /** Certificate authorities (PEM) to trust instead of the built-in ones. */
  readonly certificateAuthorities?: string | readonly string[]
}

export interface GuardedConnector {
  readonly connect: buildConnector.connector
  /** Ends connections that are being made; undici knows them only when they are there. */
  abandon(): void
}

export function createGuardedConnector(options: GuardedConnectOptions): GuardedConnector {
  const { guard, certificateAuthorities } = options
  const open = undici().buildConnector({
    lookup: guardedLookup(guard, options.lookup),
    timeout: options.connectTimeoutMs,
    allowH2: false,
    ...(certificateAuthorities === undefined ? {} : { ca: [certificateAuthorities].flat() }),
  })
  const opening = new Set<Socket>()
  return {
    connect(target, callback) {
      // Node calls no lookup for a host that is an address already.
      const decision = isIP(target.hostname) === 0 ? undefined : guard.checkAddress(target.hostname)
      if (decision?.allowed === false) {
        const error = addressRefused(target.hostname, `it is ${decision.reason}`)
        process.nextTick(() => callback(error, null))
        return
      }
      // The connector returns its socket, although its type does not say so.
      const unopened: unknown = open(target, (...[error, socket]) => {
        if (unopened instanceof Socket) opening.delete(unopened)
        if (error !== null) return callback(error, null)
        // A second look, at what the kernel says: it covers whatever lies between the first and the socket.
        const reached = guard.checkAddress(socket.remoteAddress ?? '')
        // A socket that is closed already has no address, and nothing can be sent on it.
        if (reached.allowed || socket.remoteAddress === undefined) return callback(null, socket)
        socket.destroy()
        callback(addressRefused(target.hostname, `it leads to ${reached.reason}`), null)
      })
      if (unopened instanceof Socket) opening.add(unopened)
    },
    abandon() {
      for (const socket of opening) socket.destroy(new Error('the runtime is closing'))
    },
  }
}

/** Answers with the allowed addresses of a name, and with an error when there are none. */
function guardedLookup(guard: NetworkGuard, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const answers = Array.isArray(addresses) ? addresses : [{ address: addresses, family: isIP(addresses) }]
      let reason = 'no address at all'
      const allowed = answers.filter(({ address }) => {
        const decision = guard.checkAddress(address)
        if (!decision.allowed) reason = decision.reason
        return decision.allowed
      })
      const [first] = allowed
      if (first === undefined) callback(addressRefused(hostname, `it resolves to ${reason}`), [])
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Names the host as the worker asked for it, and never an address it leads to. */
export function addressRefused(hostname: string, reason: string): IsopodError {
  return new IsopodError('ADDRESS_REFUSED', `Workers may not connect to ${hostname}: ${reason}.`)
}
