// What a program uses that only some platform has: its globals, and modules it imports while it runs. Found in the syntax tree,
// so not in strings and comments. A name that the program declares somewhere is its own everywhere; what is put together at
// run time is not seen, and what stands behind a test such as `typeof Deno` is.
import { type ParseResult, Visitor } from 'rolldown/utils'

const GLOBALS: ReadonlySet<string> = new Set(['Bun', 'Deno', 'process', 'require'])
const GLOBAL_SCOPES: ReadonlySet<string> = new Set(['globalThis', 'self'])

export interface PlatformUses {
  /** `Deno`, `process`, `process.binding`, `require`, … */
  readonly platforms: readonly string[]
  /** What it imports by a specifier that stands in the code: `node:fs`, `npm:zod`, … */
  readonly imports: readonly string[]
}

export function platformUsesOf(program: ParseResult['program']): PlatformUses {
  const found = new Set<string>()
  const own = new Set<string>()
  const imports = new Set<string>()
  /** Where names stand that are no variables: those of properties. */
  const properties = new Set<number>()
  new Visitor({
    MemberExpression({ computed, object, property }) {
      if (computed || property.type !== 'Identifier') return
      properties.add(property.start)
      if (object.type !== 'Identifier') return
      if (GLOBAL_SCOPES.has(object.name) && GLOBALS.has(property.name)) found.add(property.name)
      if (object.name === 'process' && property.name === 'binding') found.add('process.binding')
    },
    Property: ({ computed, key, shorthand }) => void (!computed && !shorthand && properties.add(key.start)),
    MethodDefinition: ({ computed, key }) => void (!computed && properties.add(key.start)),
    PropertyDefinition: ({ computed, key }) => void (!computed && properties.add(key.start)),
    VariableDeclarator: ({ id }) => declare(id),
    FunctionDeclaration: ({ id, params }) => [id, ...params].forEach(declare),
    FunctionExpression: ({ params }) => params.forEach(declare),
    ArrowFunctionExpression: ({ params }) => params.forEach(declare),
    ImportExpression({ source }) {
      if (source.type === 'Literal' && typeof source.value === 'string') imports.add(source.value)
    },
    Identifier({ name, start }) {
      if (GLOBALS.has(name) && !properties.has(start)) found.add(name)
    },
  }).visit(program)
  const platforms = [...found].filter((name) => !own.has(name.split('.')[0] ?? name)).toSorted()
  return { platforms, imports: [...imports].toSorted() }

  function declare(node: { readonly type: string; readonly name?: unknown } | null): void {
    if (node?.type === 'Identifier' && typeof node.name === 'string') own.add(node.name)
  }
}
