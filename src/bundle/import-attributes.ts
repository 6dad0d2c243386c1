// `import x from './a.svg' with { type: 'text' }`: rolldown does not tell plugins about attributes, so they become a
// query on the module's name before it looks. Everything stays where it was, so source maps stay true.
import { parseSync } from 'rolldown/utils'
import { applyEdits } from './text-edits.ts'
import type { Edit } from './text-edits.ts'

const ATTRIBUTE_QUERIES: ReadonlyMap<string, string> = new Map([
  ['text', '?text'],
  ['bytes', '?bytes'],
])

/** Something that may be an import with attributes; keeps most modules from being parsed twice. */
export const MAY_HAVE_ATTRIBUTES: RegExp = /\bwith\s*\{/

export type ScriptLanguage = 'js' | 'jsx' | 'ts' | 'tsx'

export function attributesToQueries(code: string, lang: ScriptLanguage): string {
  const { program, errors } = parseSync(`module.${lang}`, code, { lang, sourceType: 'module' })
  // rolldown tells about syntax errors better.
  if (errors.length > 0) return code
  const edits: Edit[] = []
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' && statement.type !== 'ExportNamedDeclaration') continue
    if (statement.source === null) continue
    const { start, value: specifier } = statement.source
    for (const { key, value, end } of statement.attributes) {
      const query = ATTRIBUTE_QUERIES.get(value.value)
      if ((key.type === 'Identifier' ? key.name : key.value) !== 'type' || query === undefined) continue
      const close = code.indexOf('}', end) + 1
      const name = JSON.stringify(specifier + query)
      const rest = code.slice(start, close).slice(name.length)
      edits.push({ start, end: close, text: name + rest.replace(/[^\n\r]/g, ' ') })
    }
  }
  return applyEdits(code, edits)
}
