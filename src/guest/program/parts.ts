// The files a bundle imports that are not script. The host stores them before the program runs; a WebAssembly module is
// compiled when the program first asks for it.
import { MapConstructor, MapPrototypeGet, MapPrototypeSet, ReferenceErrorConstructor } from '../primordials.ts'

type StoredPart = { readonly type: 'text' | 'data' | 'wasm'; readonly content: unknown }

const parts = new MapConstructor<string, StoredPart>()
const { Module } = WebAssembly

export function storePart(name: string, content: unknown, type: string): void {
  MapPrototypeSet(parts, name, { type: type as StoredPart['type'], content })
}

/** What an import of the part yields: a string, an ArrayBuffer, or a WebAssembly.Module. */
export function takePart(name: string): unknown {
  const part = MapPrototypeGet(parts, name)
  if (part === undefined) throw new ReferenceErrorConstructor(`The bundle has no part "${name}".`)
  if (part.type !== 'wasm') return part.content
  const module = new Module(part.content as ArrayBuffer)
  MapPrototypeSet(parts, name, { type: 'data', content: module })
  return module
}
