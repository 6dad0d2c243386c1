// The form in which a program reaches an isolate: one classic script that hands one function to the guest,
//
//   __isopod__(function (__part) { "use strict"; { …module… return { __proto__: null, "default": …, … } }});0
//
// A script with a code cache loads several times faster than a module. The guest calls the function inside its own
// try/catch, so nothing of a tenant's may stand outside of it. The function is async where the module awaits at its top level.
import { parseSync } from 'rolldown/utils'
import { IsopodError } from '../errors.ts'
import { findTooDeep } from './nesting.ts'
import { parseModule, staticImports } from './parse-module.ts'
import { wrapModule } from './wrap-module.ts'

export interface ScriptFormOptions {
  /** Name for error messages and `import.meta.url`. Default `worker.js`. */
  readonly filename?: string
}

/**
 * Turns the text of one ES module without imports into Isopod's script form.
 * A dynamic `import()` stays as it is, and rejects when it runs: an isolate has nothing to import from.
 *
 * @throws IsopodError BUNDLE_FAILED for a syntax error, INVALID_BUNDLE where static imports are left or the text reads
 * differently as a script.
 */
export function toScriptForm(moduleCode: string, options: ScriptFormOptions = {}): string {
  const module = parseModule(moduleCode, options.filename ?? 'worker.js')
  const [left] = staticImports(module)
  if (left !== undefined) throw new IsopodError('INVALID_BUNDLE', `the module still imports ${JSON.stringify(left)}`)
  const { script } = wrapModule(module)
  assertScriptForm(script)
  return script
}

function invalid(reason: string): IsopodError {
  return new IsopodError('INVALID_BUNDLE', `the script is not in Isopod's form: ${reason}`)
}

/**
 * Checks that a script is exactly one call of `__isopod__` with one function, and `0`.
 * What a server takes it does not parse: V8 compiles it inside of its isolate, within limits.
 *
 * @throws IsopodError INVALID_BUNDLE
 */
export function assertScriptForm(script: string): void {
  const deep = findTooDeep(script)
  if (deep !== undefined) throw invalid(deep.reason)
  const { program, comments, errors } = parseSync('worker.js', script, { lang: 'js', sourceType: 'script' })
  const [error] = errors
  if (error !== undefined) throw invalid(error.message)
  // Scripts know comments that modules do not: `<!--` and `-->`. Code would vanish, or appear, in between.
  if (comments.some(({ start }) => script[start] !== '/')) {
    throw invalid('it contains an HTML-like comment, "<!--" or "-->"; put a space between the operators')
  }

  const [call, zero, ...rest] = program.body
  const isZero =
    zero?.type === 'ExpressionStatement' && zero.expression.type === 'Literal' && zero.expression.value === 0
  if (program.hashbang !== null || !isZero || rest.length > 0 || call?.type !== 'ExpressionStatement') {
    throw invalid('it must be one call and "0"')
  }
  const { expression } = call
  const isCall = expression.type === 'CallExpression' && !expression.optional
  if (!isCall || expression.callee.type !== 'Identifier' || expression.callee.name !== '__isopod__') {
    throw invalid('it must call __isopod__')
  }
  const [argument, ...more] = expression.arguments
  const body = argument?.type === 'ParenthesizedExpression' ? argument.expression : argument
  if (body?.type !== 'FunctionExpression' || more.length > 0) throw invalid('__isopod__ takes one function')
  const [parameter, ...others] = body.params
  const isPlain = body.id === null && !body.generator
  if (!isPlain || parameter?.type !== 'Identifier' || others.length > 0) {
    throw invalid('the function must have no name and one plain parameter')
  }
}
