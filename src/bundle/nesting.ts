// How deep a text nests, before a parser sees it. rolldown's parser recurses on the stack of its thread, which has no end
// that could be caught: deep enough, a text takes the process along. In a thread of rolldown's 1,000 nested functions or
// brackets and some thousand operators in a row are enough; the bounds leave room, and no program people write comes near.
//
// The scan knows strings, comments, templates and regular expressions as an editor's highlighter does. A text made to
// mislead it can still end the process: what strangers send is bundled in a process of its own.

/** Brackets, parentheses, braces and templates inside of each other. */
const MAX_NESTING = 300
/** Characters of operators, and words that are operators, in one expression: parsers nest `a + b + c` to the left. */
const MAX_CHAIN = 3000

export interface TooDeep {
  readonly reason: string
  readonly offset: number
}

/** Words between two operands. */
const INFIXES = new Set('as else in instanceof satisfies'.split(' '))
/** Words before an operand or a statement, which nest in one another. */
const PREFIXES = new Set('await delete do for if new typeof void while with yield'.split(' '))
/** Words whose parentheses are no operand. */
const HEADS = new Set('for if while with'.split(' '))
/** Words that begin an expression of their own. */
const STARTERS = new Set('case return throw'.split(' '))

const WORD = /[\p{ID_Continue}$#\u200c\u200d]+/uy
const SPACE = /\s/
const OPENERS = '([{'

interface Level {
  /** Of the expression around it. */
  readonly chain: number
  readonly kind: 'template' | 'head' | 'brackets'
}

export function findTooDeep(code: string): TooDeep | undefined {
  const levels: Level[] = []
  let index = 0
  let chain = 0
  let chainBeforeSemicolon = 0
  let isAfterOperand = false
  let isAfterHead = false

  const open = (kind: Level['kind']): void => {
    levels.push({ chain, kind })
    chain = 0
    isAfterOperand = false
  }
  /** Up to the end of a template's text, or into what it holds. */
  const readTemplate = (): void => {
    for (; index < code.length; index++) {
      const character = code[index]
      if (character === '\\') index += 1
      else if (character === '`') break
      else if (character === '$' && code[index + 1] === '{') {
        index += 2
        return open('template')
      }
    }
    index += 1
    isAfterOperand = true
  }
  const readWord = (word: string): void => {
    const isProperty = code[index - 1] === '.'
    index += word.length
    // Two operands in a row: a line break in between ended a statement.
    if (isAfterOperand && !isProperty && !INFIXES.has(word)) chain = 0
    if (!isProperty && (INFIXES.has(word) || PREFIXES.has(word))) {
      chain = (word === 'else' ? Math.max(chain, chainBeforeSemicolon) : chain) + 1
      isAfterOperand = false
      isAfterHead = HEADS.has(word)
      return
    }
    isAfterOperand = isProperty || !STARTERS.has(word)
    if (!isAfterOperand) chain = 0
  }
  const readPunctuator = (character: string): void => {
    index += 1
    if (character === '`') {
      if (isAfterOperand) chain += 1
      readTemplate()
    } else if (OPENERS.includes(character)) {
      // A call, or a member; what goes before a brace is a statement.
      if (isAfterOperand && character !== '{') chain += 1
      open(isAfterHead ? 'head' : 'brackets')
    } else if (character === ')' || character === ']' || character === '}') {
      const level = levels.pop()
      chain = level?.chain ?? 0
      isAfterOperand = level?.kind !== 'head'
      if (level?.kind === 'template') readTemplate()
    } else if (character === ';' || character === ',') {
      chainBeforeSemicolon = character === ';' ? chain : 0
      chain = 0
      isAfterOperand = false
    } else {
      chain += 1
      // `a++` is an operand still, and `++` alone leads to one: a division after it is rare either way.
      isAfterOperand = false
    }
    isAfterHead = false
  }

  while (index < code.length) {
    const character = code[index] as string
    if (character <= ' ' || (character > '~' && SPACE.test(character))) {
      index += 1
      continue
    }
    const skipped = skipLiteral(code, index, isAfterOperand)
    if (skipped !== undefined) {
      index = skipped.end
      if (skipped.isOperand) isAfterOperand = true
      continue
    }
    WORD.lastIndex = index
    const word = WORD.exec(code)?.[0]
    if (word === undefined) readPunctuator(character)
    else readWord(word)
    if (levels.length > MAX_NESTING)
      return { reason: `it nests more than ${MAX_NESTING} levels deep`, offset: index - 1 }
    if (chain > MAX_CHAIN)
      return { reason: `it has an expression of more than ${MAX_CHAIN} operators`, offset: index - 1 }
  }
  return undefined
}

/** Comments, strings and regular expressions; undefined where there is none. Without an end they are read as what they look like. */
function skipLiteral(
  code: string,
  start: number,
  isAfterOperand: boolean,
): { readonly end: number; readonly isOperand: boolean } | undefined {
  const character = code[start]
  if (character === '"' || character === "'") {
    const end = findEnd(code, start, character)
    return end === undefined ? undefined : { end, isOperand: true }
  }
  if (character !== '/') return undefined
  const next = code[start + 1]
  if (next === '/') {
    const end = code.indexOf('\n', start)
    return { end: end < 0 ? code.length : end, isOperand: false }
  }
  if (next === '*') {
    const end = code.indexOf('*/', start + 2)
    return { end: end < 0 ? code.length : end + 2, isOperand: false }
  }
  // `</p>` is markup, not a comparison with a regular expression.
  if (isAfterOperand || code[start - 1] === '<') return undefined
  const end = findEnd(code, start, '/')
  return end === undefined ? undefined : { end, isOperand: true }
}

function findEnd(code: string, start: number, quote: string): number | undefined {
  let isInClass = false
  for (let i = start + 1; i < code.length; i++) {
    const character = code[i]
    if (character === '\\') i += 1
    else if (character === '\n') return undefined
    else if (quote === '/' && character === '[') isInClass = true
    else if (character === ']') isInClass = false
    else if (character === quote && !isInClass) return i + 1
  }
  return undefined
}
