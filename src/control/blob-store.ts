// The contents of static files, by tenant and hash: what one tenant has stored, no other can learn. A content that no stored
// version refers to goes after a while; which versions do, the store of versions knows.
import type { Assets } from '../assets.ts'

export interface BlobUpload {
  write(bytes: Uint8Array): void
  /** It is there under that hash from now on. */
  finish(hash: string): void
  /** Nothing of it is left. What is neither finished nor abandoned goes like a content that nobody refers to. */
  abandon(): void
}

export interface BlobPiece {
  readonly tenant: string
  readonly bytes: Uint8Array
}

/** @throws IsopodError `STORE_FAILED` where something cannot be written */
export interface BlobStore {
  /** Those of the hashes that the tenant has not stored. The others are kept for as long as if they had just come. */
  missing(tenant: string, hashes: readonly string[]): string[]
  begin(tenant: string): BlobUpload
  /** A piece of a file of a stored version. */
  piece(file: { readonly number: number; readonly path: string; readonly index: number }): BlobPiece | undefined
  /** Paths of files whose contents are not there, or not of that size. */
  absent(tenant: string, files: Assets['files']): string[]
  /** Forgets what no version refers to, unless it came, or was asked for, within that time. Returns how many went. */
  collect(keptUnusedMs: number): number
}
