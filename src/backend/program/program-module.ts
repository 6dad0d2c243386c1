// What somebody submitted, as a module whose default export is a function of the input. It may be
//
//   1 + input.a                        an expression
//   (input) => input.a + 1             a function
//   export default (input) => …        a module; its default export may be a function, `{ execute }`, or the output itself
//   const a = input.a; a + 1           statements: the last expression, or what is returned, is the output
//
// What is put around it has no line breaks before its end, so that lines stay and columns can be told back. Pure; run in
// a process of its own (`program-process.ts`), as a parser that meets a hostile text may hang or end its process.
import { stripTypeScriptTypes } from 'node:module'
import { parseSync, type ParseResult } from 'rolldown/utils'
import { freeName } from '../../bundle/free-name.ts'
import { findTooDeep } from '../../bundle/nesting.ts'
import { type Position, positionOf } from '../../problem-text.ts'
import { type PlatformUses, platformUsesOf } from './platform-uses.ts'
import { ProgramError } from './program-error.ts'
import { type Insertion, insertTexts, originalPosition, type Shift } from './program-positions.ts'

export type SourceLanguage = 'javascript' | 'typescript'

export interface Program extends PlatformUses {
  readonly module: string
  readonly language: SourceLanguage
  /** From positions of the module to those of the text. */
  readonly shifts: readonly Shift[]
}

type Statement = ParseResult['program']['body'][number]

/**
 * @param language - found out unless given
 * @throws ProgramError where it is none: with the place, where there is one
 */
export function programModule(text: string, language?: SourceLanguage): Program {
  // A mark of the byte order has no place inside; nor has a line for the shell.
  const code = text.replace(/^\uFEFF/, ' ').replace(/^( ?)#!/, '$1//')
  const deep = findTooDeep(code)
  if (deep !== undefined) throw new ProgramError(deep.reason, positionOf(code, deep.offset))
  if (isBlank(code)) throw new ProgramError('There is no code: give an expression, a function, a module or a script.')
  if (language !== undefined) return read(code, language)
  try {
    return read(code, 'javascript')
  } catch (error) {
    try {
      return read(code, 'typescript')
    } catch (typed) {
      // Who came further has understood more of it.
      throw isBefore(typed, error) ? error : typed
    }
  }
}

function read(code: string, language: SourceLanguage): Program {
  const insertions = formOf(code, language)
  const { shifts, text } = insertTexts(code, insertions)
  const module = language === 'typescript' ? strip(text, shifts) : text
  const parsed = parse(module, 'javascript')
  const [error] = parsed.errors
  if (error !== undefined) throw problemOf(error, (offset) => originalPosition(positionOf(module, offset), shifts))
  refuseImports(parsed, (offset) => originalPosition(positionOf(module, offset), shifts))
  return { module, language, shifts, ...platformUsesOf(parsed.program) }
}

function formOf(code: string, language: SourceLanguage): readonly Insertion[] {
  const asModule = parse(code, language)
  if (asModule.module.hasModuleSyntax) {
    const [error] = asModule.errors
    if (error !== undefined) throw problemOf(error, (offset) => positionOf(code, offset))
    return moduleForm(code, asModule.program.body)
  }
  return expressionForm(code, language) ?? scriptForm(code, { language, asModule })
}

function moduleForm(code: string, body: readonly Statement[]): readonly Insertion[] {
  for (const statement of body) {
    if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration') {
      if (exportsDefault(statement)) return []
    }
    if (statement.type !== 'ExportDefaultDeclaration') continue
    const { declaration } = statement
    if (/^(?:TSInterface|Function|Class|ArrowFunction)/.test(declaration.type)) return []
    const name = freeName('__output', code)
    const wrapper =
      `\nfunction ${name}(value) { return typeof value === "function" ? value : typeof value?.execute === "function"` +
      ' ? (input, env, ctx) => value.execute(input, env, ctx) : () => value }\n'
    return [
      { offset: declaration.start, text: `${name}(` },
      { offset: declaration.end, text: ')' },
      { offset: code.length, text: wrapper },
    ]
  }
  throw new ProgramError(
    'The module has no default export, which is what is run: export default (input) => …',
    positionOf(code, 0),
  )
}

function exportsDefault(statement: Statement): boolean {
  if (statement.type !== 'ExportNamedDeclaration') return false
  return statement.specifiers.some(({ exported }) => 'name' in exported && exported.name === 'default')
}

const INPUT = 'async (input) => '

/** Undefined where it is no expression. */
function expressionForm(code: string, language: SourceLanguage): readonly Insertion[] | undefined {
  const end = endOfExpression(code)
  const text = `(${code.slice(0, end)}\n)`
  const { errors, program } = parse(text, language)
  const [statement, ...rest] = program.body
  if (errors.length > 0 || rest.length > 0 || statement?.type !== 'ExpressionStatement') return undefined
  const { expression } = statement
  // `1) + (2` is one only with what is put around it.
  if (expression.type !== 'ParenthesizedExpression' || expression.end !== text.length) return undefined
  const isFunction = /^(?:Function|ArrowFunction)Expression$/.test(innermost(expression).type)
  const prefix = isFunction ? 'export default (' : `export default ${INPUT}(`
  return [
    { offset: 0, text: prefix },
    // A comment may come last.
    { offset: end, text: '\n)' },
  ]
}

/** Without the semicolon at its end. */
function endOfExpression(code: string): number {
  const end = code.trimEnd().length
  return code[end - 1] === ';' ? end - 1 : code.length
}

function innermost(expression: { readonly type: string }): { readonly type: string } {
  const { expression: inner } = expression as { readonly expression?: { readonly type: string } }
  const isWrapper = /^(?:ParenthesizedExpression|TS(?:As|Satisfies|NonNull)Expression)$/.test(expression.type)
  return isWrapper && inner !== undefined ? innermost(inner) : expression
}

function scriptForm(
  code: string,
  { asModule, language }: { readonly asModule: ParseResult; readonly language: SourceLanguage },
): readonly Insertion[] {
  const open = `export default ${INPUT}{ `
  const text = `${open}${code}\n}`
  const shown = (offset: number): Position => positionOf(code, Math.min(code.length, Math.max(0, offset - open.length)))
  const { errors, program } = parse(text, language)
  const [error] = errors
  const [plain] = asModule.errors
  // What is wrong in itself reads better without what is put around it.
  const isOnlyReturn = plain?.message.includes("'return'") === true
  if (plain !== undefined && !isOnlyReturn && (error !== undefined || bodyOf(program) === undefined)) {
    throw problemOf(plain, (offset) => positionOf(code, offset))
  }
  if (error !== undefined) throw problemOf(error, shown)
  const body = bodyOf(program)
  if (body === undefined) throw new ProgramError('Syntax error: Unexpected "}"', positionOf(code, code.length))
  const last = body.findLast(({ type }) => type !== 'EmptyStatement')
  const insertions: Insertion[] = [{ offset: 0, text: open }]
  if (last?.type === 'ExpressionStatement') {
    const { end, start } = last.expression
    insertions.push({ offset: start - open.length, text: 'return (' }, { offset: end - open.length, text: ')' })
  }
  insertions.push({ offset: code.length, text: '\n}' })
  return insertions
}

/** Of the one function that is around it; undefined where the text closes that and goes on. */
function bodyOf({ body }: ParseResult['program']): readonly Statement[] | undefined {
  const [statement, ...rest] = body
  if (rest.length > 0 || statement?.type !== 'ExportDefaultDeclaration') return undefined
  const { declaration } = statement
  if (declaration.type !== 'ArrowFunctionExpression' || declaration.body.type !== 'BlockStatement') return undefined
  return declaration.body.body as readonly Statement[]
}

function parse(code: string, language: SourceLanguage): ParseResult {
  const lang = language === 'typescript' ? 'ts' : 'js'
  const result = parseSync(`program.${lang}`, code, { lang, sourceType: 'module', showSemanticErrors: true })
  return { ...pick(result), errors: result.errors.filter(({ severity }) => severity === 'Error') } as ParseResult
}

/** Its parts are getters. */
function pick({ comments, module, program }: ParseResult): Pick<ParseResult, 'comments' | 'module' | 'program'> {
  return { comments, module, program }
}

function strip(code: string, shifts: readonly Shift[]): string {
  try {
    return stripTypeScriptTypes(code, { mode: 'strip' })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const keyword = /\b(enum|namespace|module)\b/.exec(message)?.[1]
    const offset = keyword === undefined ? -1 : code.search(new RegExp(`\\b${keyword}\\b`))
    const position = offset < 0 ? undefined : originalPosition(positionOf(code, offset), shifts)
    throw new ProgramError(
      `${message}: types are taken away and nothing is put in their place, so use none that stand for code`,
      position,
    )
  }
}

function refuseImports({ module }: ParseResult, place: (offset: number) => Position): void {
  const [first] = module.staticImports
  const request = first?.moduleRequest ?? module.staticExports.flatMap(({ entries }) => entries)[0]?.moduleRequest
  if (request === undefined || request === null) return
  throw new ProgramError(
    `It cannot import ${JSON.stringify(request.value)}: what is submitted is one module without imports. Bundle them in.`,
    place(request.start),
  )
}

function problemOf(
  { labels, message }: ParseResult['errors'][number],
  place: (offset: number) => Position,
): ProgramError {
  const offset = labels[0]?.start
  return new ProgramError(`Syntax error: ${message}`, offset === undefined ? undefined : place(offset))
}

function isBlank(code: string): boolean {
  const { errors, program } = parse(code, 'javascript')
  return errors.length === 0 && program.body.every(({ type }) => type === 'EmptyStatement')
}

function isBefore(one: unknown, other: unknown): boolean {
  if (!(one instanceof ProgramError) || !(other instanceof ProgramError)) return false
  const [a, b] = [one.position, other.position]
  if (a === undefined || b === undefined) return false
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}
