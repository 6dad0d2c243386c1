// Are these the static files of a version? What passes has paths that a request can name in one way only, and headers that
// are safe to send. Whether the contents are there is for whoever keeps them to say.
import {
  type AssetFile,
  type Assets,
  isAssetHash,
  MAX_ASSET_BYTES,
  MAX_ASSET_FILES,
  MAX_ASSET_PATH_BYTES,
  NOT_FOUND_HANDLINGS,
  RESERVED_ASSET_PATHS,
} from '../assets.ts'
import { IsopodError } from '../errors.ts'
import type { Version } from '../version.ts'

// oxlint-disable-next-line no-control-regex -- no file name of a site has these
const FORBIDDEN = /[\0-\x1f\x7f\\]/
/** What a header can carry. */
const TYPE = /^[\x21-\x7e][\x20-\x7e]{0,254}$/

/** @throws IsopodError `INVALID_BUNDLE`, `INVALID_OPTION` */
export function assertAssets({ assets, bindings = {} }: Version): void {
  if (assets === undefined) {
    const [name] = Object.entries(bindings).find(([, { type }]) => type === 'assets') ?? []
    if (name === undefined) return
    throw new IsopodError('INVALID_OPTION', `The binding "${name}" is for static files, and the version has none.`)
  }
  if (typeof assets !== 'object' || assets === null) throw invalid('The assets of a version must be an object.')
  const { files, notFound, workerFirst } = assets as Partial<Assets>
  if (notFound === undefined || !NOT_FOUND_HANDLINGS.includes(notFound)) {
    throw invalid(`The notFound of assets must be one of ${NOT_FOUND_HANDLINGS.join(', ')}.`)
  }
  if (typeof workerFirst !== 'boolean') throw invalid('The workerFirst of assets must be true or false.')
  if (typeof files !== 'object' || files === null) throw invalid('The files of assets must be an object: path to file.')
  const entries = Object.entries(files)
  if (entries.length > MAX_ASSET_FILES) {
    throw invalid(`A version may have ${MAX_ASSET_FILES} static files; it has ${entries.length}.`)
  }
  for (const [path, file] of entries) {
    const problem = problemOfPath(path) ?? problemOfFile(file)
    if (problem !== undefined) throw invalid(`The static file ${JSON.stringify(path.slice(0, 200))} ${problem}.`)
  }
}

function problemOfPath(path: string): string | undefined {
  if (Buffer.byteLength(path) > MAX_ASSET_PATH_BYTES) return `has a path of more than ${MAX_ASSET_PATH_BYTES} bytes`
  if (FORBIDDEN.test(path) || !path.isWellFormed()) return 'has a backslash or a control character in its path'
  const [root, ...segments] = path.split('/')
  const isNormal = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  if (root !== '' || segments.length === 0 || !isNormal) return 'needs a path that is absolute and normalised'
  return RESERVED_ASSET_PATHS.includes(path) ? 'says how files are served, which is not supported' : undefined
}

function problemOfFile(file: AssetFile | null): string | undefined {
  if (!isAssetHash(file?.hash)) return 'needs a hash: SHA-256 as 64 hexadecimal digits in lower case'
  if (!Number.isSafeInteger(file.bytes) || file.bytes < 0 || file.bytes > MAX_ASSET_BYTES) {
    return `must have from 0 to ${MAX_ASSET_BYTES} bytes`
  }
  return typeof file.type === 'string' && TYPE.test(file.type) ? undefined : 'needs a content type'
}

function invalid(message: string): IsopodError {
  return new IsopodError('INVALID_BUNDLE', message)
}
