// Reads a text as an ES module; what is not one is told with its place.
import { parseSync } from 'rolldown/utils'
import type { ParseResult } from 'rolldown/utils'
import { IsopodError } from '../errors.ts'
import { findTooDeep } from './nesting.ts'
import { describeProblem, positionOf } from '../problem-text.ts'

export interface ParsedModule {
  readonly code: string
  readonly filename: string
  readonly ast: ParseResult
}

/** @throws IsopodError BUNDLE_FAILED for a text that nests deeper than a parser can follow. */
export function assertParsable(code: string, filename: string): void {
  const deep = findTooDeep(code)
  if (deep === undefined) return
  const position = positionOf(code, deep.offset)
  throw new IsopodError('BUNDLE_FAILED', describeProblem(deep.reason, { file: filename, source: code, position }))
}

/** @throws IsopodError BUNDLE_FAILED for a syntax error, and as {@link assertParsable}. */
export function parseModule(code: string, filename: string): ParsedModule {
  assertParsable(code, filename)
  // The parser goes by the file name's ending unless told; by now everything is JavaScript.
  const ast = parseSync('module.js', code, { lang: 'js', sourceType: 'module', showSemanticErrors: true })
  const error = ast.errors.find(({ severity }) => severity === 'Error')
  if (error === undefined) return { code, filename, ast }
  const offset = error.labels[0]?.start
  const position = offset === undefined ? undefined : positionOf(code, offset)
  throw new IsopodError('BUNDLE_FAILED', describeProblem(error.message, { file: filename, source: code, position }))
}

/** The names of the modules that a module imports statically, `export … from` included. */
export function staticImports(module: ParsedModule): string[] {
  const specifiers: string[] = []
  for (const statement of module.ast.program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        specifiers.push(statement.source.value)
        break
      case 'ExportNamedDeclaration':
        if (statement.source !== null) specifiers.push(statement.source.value)
        break
      default:
    }
  }
  return specifiers
}
