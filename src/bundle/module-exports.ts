// Turns a module's export statements into plain ones, and lists what was exported under which name.
import type { ParsedModule } from './parse-module.ts'
import { fitEdit } from './text-edits.ts'
import type { Edit } from './text-edits.ts'

type Statement = ParsedModule['ast']['program']['body'][number]
type DefaultExport = Extract<Statement, { type: 'ExportDefaultDeclaration' }>
type NamedExport = Extract<Statement, { type: 'ExportNamedDeclaration' }>
type Pattern = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['id']

interface ModuleExports {
  readonly edits: readonly Edit[]
  /** Exported name to the local variable that holds it. */
  readonly names: ReadonlyMap<string, string>
}

function bindPattern(pattern: Pattern, names: Map<string, string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.set(pattern.name, pattern.name)
      break
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        bindPattern(property.type === 'RestElement' ? property.argument : property.value, names)
      }
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element !== null) bindPattern(element.type === 'RestElement' ? element.argument : element, names)
      }
      break
    case 'AssignmentPattern':
      bindPattern(pattern.left, names)
      break
    default:
  }
}

/** The offset of the first `character` at or after `from` that is not inside a comment. */
function indexOutsideComments(module: ParsedModule, character: string, from: number): number {
  let index = module.code.indexOf(character, from)
  for (const comment of module.ast.comments) {
    if (comment.start <= index && index < comment.end) index = module.code.indexOf(character, comment.end)
  }
  return index
}

/** `local` names the value where the source gives it no name. Returns the edit and the name that ends up holding it. */
function nameDefault(module: ParsedModule, statement: DefaultExport, local: string): { edit: Edit; name: string } {
  const { declaration, start } = statement
  const { code } = module
  switch (declaration.type) {
    case 'FunctionDeclaration': {
      if (declaration.id !== null)
        return { edit: fitEdit(code, { start, end: declaration.start }, ''), name: declaration.id.name }
      const words = `${declaration.async ? 'async ' : ''}function${declaration.generator ? '*' : ''} ${local}`
      return {
        edit: fitEdit(code, { start, end: indexOutsideComments(module, '(', declaration.start) }, words),
        name: local,
      }
    }
    case 'ClassDeclaration': {
      if (declaration.id !== null)
        return { edit: fitEdit(code, { start, end: declaration.start }, ''), name: declaration.id.name }
      return { edit: fitEdit(code, { start, end: declaration.start + 'class'.length }, `class ${local}`), name: local }
    }
    default:
      return { edit: fitEdit(code, { start, end: declaration.start }, `const ${local} =`), name: local }
  }
}

function declareNamed(statement: NamedExport, names: Map<string, string>): void {
  const { declaration } = statement
  switch (declaration?.type) {
    case 'VariableDeclaration':
      for (const { id } of declaration.declarations) bindPattern(id, names)
      break
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (declaration.id !== null) names.set(declaration.id.name, declaration.id.name)
      break
    default:
  }
  for (const { exported, local } of statement.specifiers) {
    if (local.type !== 'Identifier') continue
    names.set(exported.type === 'Literal' ? exported.value : exported.name, local.name)
  }
}

/** `defaultName` is free to use as a variable of the module. */
export function takeExports(module: ParsedModule, defaultName: string): ModuleExports {
  const edits: Edit[] = []
  const names = new Map<string, string>()
  for (const statement of module.ast.program.body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { edit, name } = nameDefault(module, statement, defaultName)
      edits.push(edit)
      names.set('default', name)
    } else if (statement.type === 'ExportNamedDeclaration') {
      declareNamed(statement, names)
      const { start, end, declaration } = statement
      // A list of names becomes an empty statement: without it, the lines before and after could read as one expression.
      edits.push(
        declaration === null
          ? fitEdit(module.code, { start, end }, ';')
          : fitEdit(module.code, { start, end: declaration.start }, ''),
      )
    }
  }
  return { edits, names }
}
