// A rolldown plugin for imports of files that are not script. Such a file becomes a part of the bundle, and the module
// that stands for it asks for the part by name: `export default __part("src/page.html")`.
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'rolldown'
import type { Part } from '../version.ts'
import { MAY_HAVE_ATTRIBUTES, attributesToQueries } from './import-attributes.ts'
import type { ScriptLanguage } from './import-attributes.ts'
import { PART_ID, partImportOf, splitQuery } from './part-names.ts'
import type { PartImport } from './part-names.ts'
import type { ProjectFiles } from './project-files.ts'

function toPart(type: PartImport, bytes: Uint8Array): Part {
  if (type === 'text') return { type: 'text', text: new TextDecoder().decode(bytes) }
  return { type: type === 'wasm' ? 'wasm' : 'data', bytes }
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
}

export interface LoadedPart {
  readonly name: string
  readonly part: Part
}

/** `parts` is filled with what was loaded, by module id. */
export function partImports(files: ProjectFiles, parts: Map<string, LoadedPart>): Plugin {
  return {
    name: 'isopod:part-imports',
    transform: {
      filter: { code: MAY_HAVE_ATTRIBUTES, moduleType: ['js', 'jsx', 'ts', 'tsx'] },
      handler: (code, _id, { moduleType }) => {
        const changed = attributesToQueries(code, moduleType as ScriptLanguage)
        return changed === code ? null : { code: changed, map: null }
      },
    },
    load: {
      filter: { id: PART_ID },
      async handler(id) {
        const { path, query } = splitQuery(id)
        const type = partImportOf(path, query)
        if (type === undefined) return null
        this.addWatchFile(path)
        const bytes = new Uint8Array(await readFile(path))
        const file = files.displayName(path)
        if (type === 'wasm' && !isWasm(bytes)) throw new Error(`${file}: not a WebAssembly binary`)
        const part = toPart(type, bytes)
        // One file may be imported both as text and as bytes.
        const name = type === partImportOf(path) ? file : `${file}?${part.type}`
        parts.set(id, { name, part })
        const value = `/* @__PURE__ */ __part(${JSON.stringify(name)})`
        const code =
          type === 'bytes' ? `export default /* @__PURE__ */ new Uint8Array(${value})` : `export default ${value}`
        return { code, map: { mappings: '' }, moduleType: 'js', moduleSideEffects: false }
      },
    },
  }
}
