// The text of a configuration file, and where in it a value is. Every problem is told with line, column and the line itself.
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  getNodeValue,
} from 'jsonc-parser'
import { IsopodError } from '../errors.ts'
import { describeProblem, positionOf } from '../problem-text.ts'

/** Keys and indices from the file's root to a value. */
export type ConfigPath = readonly (string | number)[]

export interface ConfigProblem {
  readonly path: ConfigPath
  /** Where it is about the name of this key, in the object at `path`. */
  readonly key?: string
  readonly reason: string
}

/** `env.staging.routes[0].pattern` */
export function showPath(path: ConfigPath): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}

export class ConfigText {
  readonly value: unknown
  readonly #source: string
  readonly #file: string
  readonly #root: Node | undefined

  /**
   * @param file - as it is shown
   * @throws IsopodError `CONFIG_INVALID` where the text is not JSON with comments
   */
  constructor(source: string, file: string) {
    const errors: ParseError[] = []
    this.#source = source.replace(/^\uFEFF/, '')
    this.#file = file
    this.#root = parseTree(this.#source, errors, { allowTrailingComma: true })
    const [error] = errors
    if (error !== undefined) throw this.#invalid([{ offset: error.offset, reason: syntaxProblem(error) }])
    if (this.#root === undefined) throw this.#invalid([{ offset: 0, reason: 'the file is empty' }])
    this.value = getNodeValue(this.#root)
  }

  /** An error that tells all problems, in the order of the file. */
  invalid(problems: readonly ConfigProblem[]): IsopodError {
    return this.#invalid(problems.map((problem) => ({ offset: this.#offsetOf(problem), reason: problem.reason })))
  }

  #invalid(problems: readonly { readonly offset: number; readonly reason: string }[]): IsopodError {
    const source = this.#source
    const texts = problems
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, reason }) => {
        return describeProblem(reason, { file: this.#file, source, position: positionOf(source, offset) })
      })
    return new IsopodError('CONFIG_INVALID', texts.join('\n\n'))
  }

  /** Of the place, or of what is nearest above it. */
  #offsetOf({ path, key }: ConfigProblem): number {
    let node = this.#root
    for (const part of path) {
      const next = node && findNodeAtLocation(node, [part])
      if (next === undefined) return node?.offset ?? 0
      node = next
    }
    return (key === undefined ? undefined : nameOf(node, key))?.offset ?? node?.offset ?? 0
  }
}

function nameOf(object: Node | undefined, key: string): Node | undefined {
  return object?.children?.map(({ children }) => children?.[0]).find((name) => name?.value === key)
}

/** `PropertyNameExpected` → "property name expected" */
function syntaxProblem({ error }: ParseError): string {
  const words = printParseErrorCode(error).replaceAll(/(?!^)[A-Z]/g, ' $&')
  return `this is not JSON: ${words.toLowerCase()}`
}
