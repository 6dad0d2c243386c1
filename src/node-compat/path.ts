// `node:path`, as it is on POSIX systems. Workers have no files and no current folder: `resolve` begins at `/`.
import { codedTypeError } from './errors/coded-error.ts'

export const sep = '/'
export const delimiter = ':'

interface ParsedPath {
  root: string
  dir: string
  base: string
  ext: string
  name: string
}

function assertText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') {
    throw codedTypeError('ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type string.`)
  }
}

/** Resolves `.` and `..`; above the root, or above the beginning of a relative path, `..` goes nowhere or stays. */
function simplify(path: string, isAbsolutePath: boolean): string {
  const parts: string[] = []
  for (const part of path.split(sep)) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!isAbsolutePath) parts.push('..')
  }
  return parts.join(sep)
}

/** Without the slashes at its end, of which the root keeps one. */
function trimEnd(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === sep) end -= 1
  return path.slice(0, end)
}

export function isAbsolute(path: string): boolean {
  assertText(path, 'path')
  return path.startsWith(sep)
}

export function normalize(path: string): string {
  assertText(path, 'path')
  if (path === '') return '.'
  const root = path.startsWith(sep) ? sep : ''
  const simple = simplify(path, root !== '')
  if (simple === '') return root || (path.endsWith(sep) ? './' : '.')
  return root + simple + (path.endsWith(sep) ? sep : '')
}

export function join(...paths: string[]): string {
  for (const path of paths) assertText(path, 'path')
  return normalize(paths.filter((path) => path !== '').join(sep))
}

export function resolve(...paths: string[]): string {
  let whole = ''
  for (let index = paths.length - 1; index >= 0; index -= 1) {
    const path = paths[index]
    assertText(path, `paths[${index}]`)
    if (path === '') continue
    whole = `${path}/${whole}`
    if (path.startsWith(sep)) break
  }
  return sep + simplify(whole, true)
}

export function relative(from: string, to: string): string {
  assertText(from, 'from')
  assertText(to, 'to')
  const [start, target] = [from, to].map((path) => resolve(path).split(sep).filter(Boolean)) as [string[], string[]]
  let shared = 0
  while (shared < start.length && shared < target.length && start[shared] === target[shared]) shared += 1
  return [...start.slice(shared).map(() => '..'), ...target.slice(shared)].join(sep)
}

export function dirname(path: string): string {
  assertText(path, 'path')
  const trimmed = trimEnd(path)
  const at = trimmed.lastIndexOf(sep)
  if (at < 0 || trimmed === '') return '.'
  if (at === 0) return sep
  // Of several slashes before the last part all but one belong to the folder, as in Node.
  const folder = trimmed.slice(0, at)
  return folder === '' ? sep : folder
}

export function basename(path: string, suffix?: string): string {
  assertText(path, 'path')
  if (suffix !== undefined) assertText(suffix, 'suffix')
  if (path === suffix) return ''
  const trimmed = trimEnd(path)
  const base = trimmed === sep ? '' : trimmed.slice(trimmed.lastIndexOf(sep) + 1)
  if (suffix === undefined || !base.endsWith(suffix) || base === suffix) return base
  return base.slice(0, base.length - suffix.length)
}

export function extname(path: string): string {
  const base = basename(path)
  const at = base.lastIndexOf('.')
  return at <= 0 || base === '..' ? '' : base.slice(at)
}

export function parse(path: string): ParsedPath {
  assertText(path, 'path')
  const root = path.startsWith(sep) ? sep : ''
  const trimmed = trimEnd(path)
  const at = trimmed.lastIndexOf(sep)
  const base = basename(path)
  const ext = extname(path)
  const dir = at > 0 ? trimmed.slice(0, at) : root
  return { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) }
}

export function format(path: Partial<ParsedPath>): string {
  if (path === null || typeof path !== 'object') {
    throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "pathObject" argument must be of type object.')
  }
  const { dir, root, base, name = '', ext = '' } = path
  const file = base || name + (ext !== '' && !ext.startsWith('.') ? `.${ext}` : ext)
  if (!dir && !root) return file
  return dir && dir !== root ? `${dir}${sep}${file}` : `${dir || root}${file}`
}

/** Only Windows has such paths. */
export function toNamespacedPath(path: string): string {
  return path
}

const path = {
  sep,
  delimiter,
  isAbsolute,
  normalize,
  join,
  resolve,
  relative,
  dirname,
  basename,
  extname,
  parse,
  format,
  toNamespacedPath,
}

export const posix: typeof path = path
export default Object.assign(path, { posix })
/** What `require` gives. */
export { path as 'module.exports' }
