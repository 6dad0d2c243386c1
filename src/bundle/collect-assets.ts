// The static files in a folder, as a version names them. Nothing outside of the folder is taken in, and nothing that its
// author does not mean to publish: names that begin with a dot, node_modules, and what `.assetsignore` says.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { lookup } from 'mrmime'
import {
  type AssetFile,
  type Assets,
  MAX_ASSET_BYTES,
  MAX_ASSET_FILES,
  type NotFoundHandling,
  RESERVED_ASSET_PATHS,
} from '../assets.ts'
import { IsopodError } from '../errors.ts'
import { parseIgnoreRules } from './ignore-rules.ts'

export interface CollectAssetsOptions {
  /** What is answered where there is no such file; `none` unless given. */
  readonly notFound?: NotFoundHandling
  /** The worker answers all requests; false unless given. */
  readonly workerFirst?: boolean
}

export interface CollectedAssets {
  readonly manifest: Assets
  readonly warnings: readonly string[]
  /** The content of a file of the manifest. It may have changed since: whoever takes it compares the hash. */
  read(path: string): Promise<Uint8Array>
}

const HASHED_AT_ONCE = 8
const IGNORE_FILE = '.assetsignore'
/** Made to be fetched. https://www.rfc-editor.org/rfc/rfc8615 */
const WELL_KNOWN = '.well-known'

/**
 * @param folder - whose files are served, from `/` on
 * @throws IsopodError `ENTRY_NOT_FOUND` where there is no such folder; `BUNDLE_FAILED` for too many files, one that is too
 *   large, or a link that leads out
 */
export async function collectAssets(
  folder: string,
  { notFound = 'none', workerFirst = false }: CollectAssetsOptions = {},
): Promise<CollectedAssets> {
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw new IsopodError('ENTRY_NOT_FOUND', `There is no folder ${folder} with static files.`)
  }
  const warnings: string[] = []
  const paths = (await walk(root, warnings)).toSorted()
  if (paths.length > MAX_ASSET_FILES) {
    throw failed(`${folder} has ${paths.length} files, and a version may have ${MAX_ASSET_FILES}.`)
  }
  const files: Record<string, AssetFile> = {}
  for (let i = 0; i < paths.length; i += HASHED_AT_ONCE) {
    const described = paths
      .slice(i, i + HASHED_AT_ONCE)
      .map(async (path) => [path, await describe(root, path)] as const)
    for (const [path, file] of await Promise.all(described)) files[path] = file
  }
  return {
    manifest: { files, notFound, workerFirst },
    warnings,
    async read(path) {
      if (!Object.hasOwn(files, path)) throw new IsopodError('ENTRY_NOT_FOUND', `There is no static file ${path}.`)
      return readFile(join(root, path))
    },
  }
}

async function walk(root: string, warnings: string[]): Promise<string[]> {
  const isIgnored = parseIgnoreRules(await readFile(join(root, IGNORE_FILE), 'utf8').catch(() => ''))
  const found: string[] = []
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if ((entry.name.startsWith('.') && entry.name !== WELL_KNOWN) || entry.name === 'node_modules') continue
      const isLink = entry.isSymbolicLink()
      const target = isLink ? await stat(await withinRoot(root, path)) : entry
      const type = target.isDirectory() ? 'folder' : 'file'
      if (isIgnored({ path: path.slice(1), type })) continue
      if (RESERVED_ASSET_PATHS.includes(path)) warnings.push(`${path.slice(1)} is not heeded, and not served`)
      else if (type === 'folder' && isLink) warnings.push(`${path.slice(1)} is a link to a folder, and not followed`)
      else if (type === 'folder') await visit(path)
      else if (target.isFile()) found.push(path)
    }
  }
  await visit('')
  return found
}

/** Returns where the link leads. */
async function withinRoot(root: string, path: string): Promise<string> {
  const target = await realpath(join(root, path)).catch(() => undefined)
  if (target?.startsWith(root + sep) === true) return target
  throw failed(`The link ${path.slice(1)} leads out of the folder, or nowhere.`)
}

async function describe(root: string, path: string): Promise<AssetFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(join(root, path))) {
    const piece = chunk as Buffer
    bytes += piece.length
    if (bytes > MAX_ASSET_BYTES) {
      throw failed(`${path.slice(1)} has more than the ${MAX_ASSET_BYTES} bytes a static file may have.`)
    }
    hash.update(piece)
  }
  return { hash: hash.digest('hex'), bytes, type: contentType(path) }
}

function contentType(path: string): string {
  const type = lookup(path) ?? 'application/octet-stream'
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type
}

function failed(message: string): IsopodError {
  return new IsopodError('BUNDLE_FAILED', message)
}
