// The bytes of an answer, from pieces. Nobody holds more of a file than the piece at hand, however slowly it is read.
import { ASSET_PIECE_BYTES } from '../../assets.ts'
import type { ByteSource } from '../../task.ts'
import type { Version } from '../../version.ts'
import type { AssetContent } from './asset-answer.ts'

export interface PieceAddress {
  readonly tenant: string
  readonly number: number
  readonly path: string
  readonly hash: string
  /** Of the whole file. */
  readonly fileBytes: number
  /** The first is 0. */
  readonly index: number
}

/** Who has the contents of static files, in pieces of `ASSET_PIECE_BYTES`. */
export interface PieceSource {
  /** Not to be changed, nor handed over. Rejects with an IsopodError where it cannot be had at present. */
  read(address: PieceAddress): Uint8Array | Promise<Uint8Array>
}

/** A short one as bytes; of a longer one the first piece is there already: what cannot be had fails before its head is sent. */
export function openContent(
  pieces: PieceSource,
  { number = 0, tenant }: Version,
  { end, file, path, start }: AssetContent,
): Uint8Array | Promise<Uint8Array | ByteSource> {
  if (start === end) return new Uint8Array()
  const read = (index: number): Uint8Array | Promise<Uint8Array> =>
    pieces.read({ tenant, number, path, hash: file.hash, fileBytes: file.bytes, index })
  const cut = (index: number, piece: Uint8Array): Uint8Array => {
    const offset = index * ASSET_PIECE_BYTES
    return piece.subarray(Math.max(0, start - offset), end - offset)
  }
  const first = Math.floor(start / ASSET_PIECE_BYTES)
  const last = Math.floor((end - 1) / ASSET_PIECE_BYTES)
  const piece = read(first)
  if (first === last) {
    return piece instanceof Promise ? piece.then((bytes) => cut(first, bytes)) : cut(first, piece)
  }
  return Promise.resolve(piece).then((bytes) => {
    let rest: Uint8Array | undefined = cut(first, bytes)
    let index = first
    return {
      async read() {
        const chunk = rest
        if (chunk !== undefined) {
          rest = undefined
          return chunk
        }
        index += 1
        return index > last ? undefined : cut(index, await read(index))
      },
      cancel() {
        rest = undefined
        index = last
      },
    }
  })
}
