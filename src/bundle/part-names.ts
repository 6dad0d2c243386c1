// Which names in an import mean a file that is not script, by ending (`./a.txt`) or by query (`./a.wasm?module`).
import { extname } from 'node:path'

/** How a part reaches the program; `bytes` is `data` seen through a Uint8Array. */
export type PartImport = 'text' | 'data' | 'bytes' | 'wasm'

const BY_EXTENSION: ReadonlyMap<string, PartImport> = new Map([
  ['.txt', 'text'],
  ['.html', 'text'],
  ['.md', 'text'],
  ['.sql', 'text'],
  ['.bin', 'data'],
  ['.data', 'data'],
  ['.wasm', 'wasm'],
])

const BY_QUERY: ReadonlyMap<string, PartImport> = new Map([
  ['?text', 'text'],
  ['?data', 'data'],
  ['?bytes', 'bytes'],
  ['?module', 'wasm'],
])

/** Ids of modules that may be parts: a filter that spares all others the way into JavaScript. */
export const PART_ID: RegExp = /\.(?:txt|html|md|sql|bin|data|wasm)$|\?(?:text|data|bytes|module)$/

/** Takes a query that means a part off an import's name; any other stays in the path. */
export function splitQuery(name: string): { path: string; query: string } {
  const at = name.lastIndexOf('?')
  const query = at < 0 ? '' : name.slice(at)
  return BY_QUERY.has(query) ? { path: name.slice(0, at), query } : { path: name, query: '' }
}

export function partImportOf(path: string, query = ''): PartImport | undefined {
  return query === '' ? BY_EXTENSION.get(extname(path)) : BY_QUERY.get(query)
}
