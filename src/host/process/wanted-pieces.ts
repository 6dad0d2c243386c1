// Pieces of static files that are asked of control: a few at a time, so that what else control has to say comes in between;
// asked again where control has been away, and given up after a while.
import { IsopodError } from '../../errors.ts'
import type { HostToControl } from '../../wire/control-messages.ts'
import type { PieceAddress } from '../assets/asset-body.ts'

interface WantedPiece {
  readonly address: PieceAddress
  resolve(piece: Uint8Array): void
  reject(error: Error): void
}

const ASKED_AT_ONCE = 16
const MAX_WANTED = 4_000
const WITHIN_MS = 20_000

export class WantedPieces {
  readonly #send: (message: HostToControl) => void
  /** In order; those that were asked for come first. */
  readonly #wanted = new Map<number, WantedPiece>()
  readonly #asked = new Set<number>()
  #lastAsk = 0

  /** @param send - dropped while control is away */
  constructor(send: (message: HostToControl) => void) {
    this.#send = send
  }

  /** Rejects with an IsopodError. */
  fetch(address: PieceAddress): Promise<Uint8Array> {
    if (this.#wanted.size >= MAX_WANTED) {
      const message = 'Too many static files are on their way to this host. Try again.'
      return Promise.reject(new IsopodError('VERSION_UNAVAILABLE', message))
    }
    return new Promise((resolve, reject) => {
      this.#lastAsk += 1
      const ask = this.#lastAsk
      const late = setTimeout(() => {
        this.#leave(ask)
        reject(new IsopodError('VERSION_UNAVAILABLE', 'The static file did not arrive in time. Try again.'))
      }, WITHIN_MS)
      this.#wanted.set(ask, {
        address,
        resolve: (piece) => {
          clearTimeout(late)
          resolve(piece)
        },
        reject: (error) => {
          clearTimeout(late)
          reject(error)
        },
      })
      this.#askOn()
    })
  }

  receive(ask: number, piece: Uint8Array | undefined): void {
    const wanted = this.#wanted.get(ask)
    this.#leave(ask)
    if (piece !== undefined) wanted?.resolve(piece)
    else wanted?.reject(new IsopodError('VERSION_UNAVAILABLE', 'The static file is not there any more. Try again.'))
  }

  /** A new control knows nothing of what its predecessor was asked. */
  askAgain(): void {
    this.#asked.clear()
    this.#askOn()
  }

  #leave(ask: number): void {
    this.#wanted.delete(ask)
    this.#asked.delete(ask)
    this.#askOn()
  }

  #askOn(): void {
    for (const [ask, { address }] of this.#wanted) {
      if (this.#asked.size >= ASKED_AT_ONCE) return
      if (this.#asked.has(ask)) continue
      this.#asked.add(ask)
      const { index, number, path } = address
      this.#send({ type: 'wantPiece', ask, number, path, index })
    }
  }
}
