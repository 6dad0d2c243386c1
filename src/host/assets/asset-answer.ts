// What a request for a site's file is answered with: the head, and which part of which content.
import type { AssetFile, Assets } from '../../assets.ts'
import type { FetchRequest, HeaderList, ResponseHead } from '../../task.ts'
import { type AssetTarget, assetTarget, encodePath } from './asset-path.ts'
import { readRange } from './byte-range.ts'
import { findAsset, findFallback, type FoundAsset } from './find-asset.ts'

export type AssetRequest = Pick<FetchRequest, 'method' | 'url' | 'headers'>

/** A part of a file. */
export interface AssetContent {
  readonly path: string
  readonly file: AssetFile
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

export interface AssetAnswer {
  readonly response: ResponseHead
  /** Absent where the answer has no body. */
  readonly content?: AssetContent
}

const ALLOWED = ['GET', 'HEAD']
/** Where a site has no answer, the next one is asked. */
const NOTHING: AssetAnswer = { response: { status: 404, statusText: 'Not Found', headers: [], bodyLength: 0 } }

/** The answer of a site without a worker, and that of the binding. */
export function answerAlone(assets: Assets, request: AssetRequest): AssetAnswer {
  if (!ALLOWED.includes(request.method)) {
    const headers: HeaderList = [['allow', ALLOWED.join(', ')]]
    return { response: { status: 405, statusText: 'Method Not Allowed', headers, bodyLength: 0 } }
  }
  const target = assetTarget(request.url)
  if (target === undefined) return NOTHING
  const found = findAsset(assets.files, target.path) ?? findFallback(assets, target.path)
  return found === undefined ? NOTHING : answerWith(found, target, request)
}

/**
 * The answer of a site before its worker: undefined where that is to be asked. A navigation gets what the site has for
 * paths that are not there, as it would from a server of files.
 */
export function answerFirst(assets: Assets, request: AssetRequest): AssetAnswer | undefined {
  if (assets.workerFirst || !ALLOWED.includes(request.method)) return undefined
  const target = assetTarget(request.url)
  if (target === undefined) return undefined
  const found =
    findAsset(assets.files, target.path) ??
    (assets.notFound !== 'none' && isNavigation(request) ? findFallback(assets, target.path) : undefined)
  return found === undefined ? undefined : answerWith(found, target, request)
}

function answerWith(found: FoundAsset, { search }: AssetTarget, request: AssetRequest): AssetAnswer {
  if (found.type === 'redirect') {
    const headers: HeaderList = [['location', encodePath(found.path) + search]]
    return { response: { status: 307, statusText: 'Temporary Redirect', headers, bodyLength: 0 } }
  }
  const { file, path, status } = found
  const etag = `"${file.hash}"`
  const common: HeaderList = [
    ['etag', etag],
    ['cache-control', 'public, max-age=0, must-revalidate'],
    ['x-content-type-options', 'nosniff'],
  ]
  const whole: HeaderList = [['content-type', file.type], ['accept-ranges', 'bytes'], ...common]
  const all = { path, file, start: 0, end: file.bytes }
  if (status === 404) return bodied({ status, statusText: 'Not Found', headers: whole }, all, request)
  if (matches(headerOf(request, 'if-none-match'), etag)) {
    return { response: { status: 304, statusText: 'Not Modified', headers: common } }
  }
  const range = request.method === 'GET' && mayBePartial(request, etag) ? headerOf(request, 'range') : undefined
  const part = readRange(range, file.bytes)
  if (part === 'unsatisfiable') {
    const headers: HeaderList = [['content-range', `bytes */${file.bytes}`], ...common]
    return { response: { status: 416, statusText: 'Range Not Satisfiable', headers, bodyLength: 0 } }
  }
  if (part === 'whole') return bodied({ status, statusText: 'OK', headers: whole }, all, request)
  const headers: HeaderList = [...whole, ['content-range', `bytes ${part.start}-${part.end - 1}/${file.bytes}`]]
  return bodied({ status: 206, statusText: 'Partial Content', headers }, { ...all, ...part }, request)
}

function bodied(head: ResponseHead, content: AssetContent, { method }: AssetRequest): AssetAnswer {
  const response = { ...head, bodyLength: content.end - content.start }
  return method === 'HEAD' ? { response } : { response, content }
}

/** Weak comparison. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** Strong comparison; there are no dates to compare. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5 */
function mayBePartial(request: AssetRequest, etag: string): boolean {
  const condition = headerOf(request, 'if-range')
  return condition === undefined || condition.trim() === etag
}

function isNavigation(request: AssetRequest): boolean {
  return headerOf(request, 'sec-fetch-mode') === 'navigate'
}

/** Lists in several headers are one list. */
function headerOf({ headers }: AssetRequest, name: string): string | undefined {
  const list = typeof headers === 'function' ? headers() : headers
  const values = list.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}
