// The static files of a version: what a version says of them. Their contents are kept apart, by hash.

export const NOT_FOUND_HANDLINGS = ['none', '404-page', 'single-page-application'] as const
/** What is answered where there is no such file: nothing, the nearest `404.html`, or `/index.html`. */
export type NotFoundHandling = (typeof NOT_FOUND_HANDLINGS)[number]

export interface AssetFile {
  /** SHA-256 of the content, in hexadecimal. */
  readonly hash: string
  readonly bytes: number
  /** Content type. */
  readonly type: string
}

export interface Assets {
  /** By path: absolute, normalised, not encoded, such as `/img/été.png`. */
  readonly files: Readonly<Record<string, AssetFile>>
  readonly notFound: NotFoundHandling
  /** The worker answers all requests, and asks for files through its binding. */
  readonly workerFirst: boolean
}

export const MAX_ASSET_FILES = 20_000
export const MAX_ASSET_BYTES: number = 25 * 1024 * 1024
/** In UTF-8. */
export const MAX_ASSET_PATH_BYTES = 1024

/** In the root of a site these say how it is served, and are no files of it. Nothing heeds them yet. */
export const RESERVED_ASSET_PATHS: readonly string[] = ['/_headers', '/_redirects']

/** Contents are kept and sent in pieces of this size. */
export const ASSET_PIECE_BYTES: number = 64 * 1024

const HASH = /^[0-9a-f]{64}$/

export function isAssetHash(hash: unknown): hash is string {
  return typeof hash === 'string' && HASH.test(hash)
}
