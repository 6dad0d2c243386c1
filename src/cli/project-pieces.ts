// The static files of a project, read from its folder as they are asked for: for a runtime without a server's store. A file
// that has changed since its version was made is refused; the version that has it as it is now is on its way.
import { createHash } from 'node:crypto'
import { ASSET_PIECE_BYTES } from '../assets.ts'
import type { CollectedAssets } from '../bundle/collect-assets.ts'
import { IsopodError } from '../errors.ts'
import type { PieceAddress, PieceSource } from '../host/assets/asset-body.ts'

export class ProjectPieces implements PieceSource {
  /** Those of the version that was made last. */
  assets: CollectedAssets | undefined
  /** Its pieces are asked for one after the other. */
  #latest: { readonly hash: string; readonly content: Promise<Uint8Array> } | undefined

  async read({ hash, index, path }: PieceAddress): Promise<Uint8Array> {
    if (this.#latest?.hash !== hash) this.#latest = { hash, content: this.#readFile(path, hash) }
    const content = await this.#latest.content
    return content.subarray(index * ASSET_PIECE_BYTES, (index + 1) * ASSET_PIECE_BYTES)
  }

  async #readFile(path: string, hash: string): Promise<Uint8Array> {
    const content = await this.assets?.read(path).catch(() => undefined)
    if (content !== undefined && createHash('sha256').update(content).digest('hex') === hash) return content
    this.#latest = undefined
    throw new IsopodError('VERSION_UNAVAILABLE', `The static file ${path} has changed, or has gone. Try again.`)
  }
}
