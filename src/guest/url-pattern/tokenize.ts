// A pattern string as tokens. https://urlpattern.spec.whatwg.org/#tokenizing
import {
  ArrayPrototypePush,
  RegExpPrototypeTest,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeSlice,
  TypeErrorConstructor,
} from '../primordials.ts'

export type TokenType =
  | 'open'
  | 'close'
  | 'regexp'
  | 'name'
  | 'char'
  | 'escaped-char'
  | 'other-modifier'
  | 'asterisk'
  | 'end'
  | 'invalid-char'

export interface Token {
  readonly type: TokenType
  /** Where it begins in the input. */
  readonly index: number
  readonly value: string
}

/** `lenient` takes what is no pattern as characters: the parser of whole URLs looks for its marks first. */
type Policy = 'strict' | 'lenient'

const SINGLE = {
  __proto__: null,
  '*': 'asterisk',
  '+': 'other-modifier',
  '?': 'other-modifier',
  '{': 'open',
  '}': 'close',
} as unknown as Readonly<Record<string, TokenType | undefined>>

// Literals are made anew by each evaluation; these are evaluated once, before any program.
const NAME_START = /^[$_\p{ID_Start}]$/u
const NAME_PART = /^[$_\u200c\u200d\p{ID_Continue}]$/u
const BACKSLASH = 0x5c
const OPENING = 0x28
const CLOSING = 0x29
const QUESTION = 0x3f

export function isNameCharacter(character: string, place: 'first' | 'later'): boolean {
  return RegExpPrototypeTest(place === 'first' ? NAME_START : NAME_PART, character)
}

/** The code point at an index, as a string; '' past the end. */
export function characterAt(text: string, index: number): string {
  const code = StringPrototypeCodePointAt(text, index)
  return code === undefined ? '' : StringPrototypeSlice(text, index, index + (code > 0xffff ? 2 : 1))
}

export function tokenize(input: string, policy: Policy): Token[] {
  const tokens: Token[] = []
  let index = 0
  while (index < input.length) {
    const token = nextToken(input, index)
    if (typeof token === 'object') {
      ArrayPrototypePush(tokens, token.token)
      index = token.end
      continue
    }
    if (policy === 'strict') throw new TypeErrorConstructor(`The pattern is not valid: ${token}`)
    const value = characterAt(input, index)
    ArrayPrototypePush<Token>(tokens, { type: 'invalid-char', index, value })
    index += value.length
  }
  ArrayPrototypePush<Token>(tokens, { type: 'end', index: input.length, value: '' })
  return tokens
}

interface Step {
  readonly token: Token
  readonly end: number
}

/** Or what is wrong. */
function nextToken(input: string, index: number): Step | string {
  const character = characterAt(input, index)
  const type = SINGLE[character]
  const after = index + character.length
  if (type !== undefined) return { token: { type, index, value: character }, end: after }
  if (character === '\\') {
    const value = characterAt(input, after)
    if (value === '') return 'it ends with a backslash.'
    return { token: { type: 'escaped-char', index, value }, end: after + value.length }
  }
  if (character === ':') {
    const end = endOfName(input, after)
    if (end === after) return `a colon at ${index} has no name after it.`
    return { token: { type: 'name', index, value: StringPrototypeSlice(input, after, end) }, end }
  }
  if (character === '(') {
    const end = endOfRegexp(input, after)
    if (end === undefined) return `the group at ${index} is no regular expression that a pattern may hold.`
    return { token: { type: 'regexp', index, value: StringPrototypeSlice(input, after, end) }, end: end + 1 }
  }
  return { token: { type: 'char', index, value: character }, end: after }
}

function endOfName(input: string, start: number): number {
  let end = start
  while (end < input.length) {
    const character = characterAt(input, end)
    if (!isNameCharacter(character, end === start ? 'first' : 'later')) break
    end += character.length
  }
  return end
}

/** Where its closing parenthesis is. A group in it must not capture, as groups are numbered by the pattern. */
function endOfRegexp(input: string, start: number): number | undefined {
  let depth = 1
  for (let i = start; i < input.length; i++) {
    const code = StringPrototypeCharCodeAt(input, i)
    if (code > 0x7f || (i === start && code === QUESTION)) return undefined
    if (code === BACKSLASH) {
      i += 1
      if (i >= input.length || StringPrototypeCharCodeAt(input, i) > 0x7f) return undefined
    } else if (code === CLOSING) {
      depth -= 1
      if (depth === 0) return i === start ? undefined : i
    } else if (code === OPENING) {
      depth += 1
      if (StringPrototypeCharCodeAt(input, i + 1) !== QUESTION) return undefined
    }
  }
  return undefined
}
