// Puts a module without imports into a function: the script an isolate runs. Lines stay where they are, and columns too,
// except that the first line gets a prefix.
import { Visitor } from 'rolldown/utils'
import { freeName } from './free-name.ts'
import { takeExports } from './module-exports.ts'
import type { ParsedModule } from './parse-module.ts'
import { applyEdits, fitEdit } from './text-edits.ts'
import type { Edit } from './text-edits.ts'

interface WrappedModule {
  readonly script: string
  /** By how many characters the first line moved to the right. */
  readonly prefixLength: number
}

/** What `import.meta.url` says in a worker that was bundled from files: one address for all of them. */
export const BUNDLE_URL = 'file:///worker.js'

function hasTopLevelAwait(module: ParsedModule): boolean {
  if (!/\bawait\b/.test(module.code)) return false
  let depth = 0
  let found = false
  const enter = (): void => void (depth += 1)
  const exit = (): void => void (depth -= 1)
  const find = (): void => void (found ||= depth === 0)
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': exit,
    FunctionExpression: enter,
    'FunctionExpression:exit': exit,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': exit,
    AwaitExpression: find,
    ForOfStatement: ({ await: waits }) => void (waits && find()),
    VariableDeclaration: ({ kind }) => void (kind === 'await using' && find()),
  }).visit(module.ast.program)
  return found
}

/** Comments that rename the script in stacks, or point debuggers to a map that is not ours. */
function silenceMagicComments(module: ParsedModule): Edit[] {
  return module.ast.comments
    .filter(({ value }) => /^[#@]\s*source(?:Mapping)?URL=/.test(value))
    .map(({ start }) => ({ start: start + 2, end: start + 3, text: ' ' }))
}

function exportsObject(names: ReadonlyMap<string, string>): string {
  const entries = [...names].map(([name, local]) => {
    // As a plain key, `__proto__` would set the prototype.
    const key = name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)
    return `${key}: ${local}`
  })
  return `{ ${['__proto__: null', ...entries].join(', ')} }`
}

export function wrapModule(module: ParsedModule): WrappedModule {
  const { code, filename, ast } = module
  const { edits, names } = takeExports(module, freeName('__dflt', code))
  const allEdits = [...edits, ...silenceMagicComments(module)]
  // A first line `#!…` is a comment only at the very start.
  if (code.startsWith('#!')) allEdits.push({ start: 0, end: 2, text: '//' })

  let meta = ''
  if (ast.module.importMetas.length > 0) {
    const metaName = freeName('__meta', code)
    meta = ` const ${metaName} = { __proto__: null, url: ${JSON.stringify(`file:///${encodeURI(filename)}`)} };`
    for (const span of ast.module.importMetas) allEdits.push(fitEdit(code, span, metaName))
  }

  // The parentheses make V8 compile the function with the script, which puts it into a code cache: it runs once anyway.
  // The block lets the module declare a variable of its own with the parameter's name.
  const prefix = `__isopod__((${hasTopLevelAwait(module) ? 'async ' : ''}function (__part) { "use strict"; {${meta} `
  // On a line of its own: the module may end in a comment.
  const suffix = `\nreturn ${exportsObject(names)} }}));0`
  return { script: prefix + applyEdits(code, allEdits) + suffix, prefixLength: prefix.length }
}
