// A pattern for a whole URL as its components. https://urlpattern.spec.whatwg.org/#constructor-string-parsing
import { StringPrototypeSlice } from '../primordials.ts'
import { canonicalProtocol } from './canonicalize.ts'
import { compileComponent, matchesSpecialScheme } from './component.ts'
import { type ComponentName, makeComponents, type PatternInit } from './init.ts'
import { type Token, tokenize } from './tokenize.ts'

type State = 'init' | 'authority' | 'done' | ComponentName

/** In the order they come in a URL. */
const ORDER = [
  'init',
  'protocol',
  'authority',
  'username',
  'password',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
  'done',
]

function isBetween(state: State, first: State, last: State): boolean {
  const place = indexOf(state)
  return place >= indexOf(first) && place <= indexOf(last)
}

function indexOf(state: State): number {
  for (let i = 0; i < ORDER.length; i++) if (ORDER[i] === state) return i
  return -1
}

export function parseConstructorString(input: string): PatternInit {
  return new ConstructorStringParser(input).parse()
}

class ConstructorStringParser {
  readonly #input: string
  readonly #tokens: Token[]
  readonly #result: PatternInit = makeComponents()
  #state: State = 'init'
  #index = 0
  #step = 1
  #start = 0
  #groupDepth = 0
  #bracketDepth = 0
  #isSpecial = false

  constructor(input: string) {
    this.#input = input
    this.#tokens = tokenize(input, 'lenient')
  }

  parse(): PatternInit {
    for (; this.#index < this.#tokens.length; this.#index += this.#step) {
      this.#step = 1
      const { type } = this.#tokens[this.#index] as Token
      if (type === 'end') {
        if (this.#end() === 'done') break
        continue
      }
      if (type === 'open') {
        this.#groupDepth += 1
        continue
      }
      if (this.#groupDepth > 0) {
        if (type !== 'close') continue
        this.#groupDepth -= 1
      }
      this.#look()
    }
    if (this.#result.hostname !== undefined && this.#result.port === undefined) this.#result.port = ''
    return this.#result
  }

  #end(): 'done' | 'again' {
    if (this.#state === 'init') {
      // There is no protocol: it is relative.
      this.#rewind('init')
      if (this.#isMark('#')) this.#change('hash', 1)
      else if (this.#isSearchStart()) this.#change('search', 1)
      else this.#change('pathname', 0)
      return 'again'
    }
    if (this.#state === 'authority') {
      this.#rewind('hostname')
      return 'again'
    }
    this.#change('done', 0)
    return 'done'
  }

  #look(): void {
    switch (this.#state) {
      case 'init':
        if (this.#isMark(':')) this.#rewind('protocol')
        return
      case 'protocol':
        if (this.#isMark(':')) this.#endProtocol()
        return
      case 'authority':
        if (this.#isMark('@')) this.#rewind('username')
        else if (this.#isMark('/') || this.#isSearchStart() || this.#isMark('#')) this.#rewind('hostname')
        return
      case 'username':
        if (this.#isMark(':')) this.#change('password', 1)
        else if (this.#isMark('@')) this.#change('hostname', 1)
        return
      case 'password':
        if (this.#isMark('@')) this.#change('hostname', 1)
        return
      case 'hostname':
        if (this.#isMark('[')) this.#bracketDepth += 1
        else if (this.#isMark(']')) this.#bracketDepth -= 1
        else if (this.#isMark(':') && this.#bracketDepth === 0) this.#change('port', 1)
        else this.#lookForPath()
        return
      case 'port':
        return this.#lookForPath()
      case 'pathname':
        return this.#lookForSearch()
      case 'search':
        if (this.#isMark('#')) this.#change('hash', 1)
    }
  }

  #lookForPath(): void {
    if (this.#isMark('/')) this.#change('pathname', 0)
    else this.#lookForSearch()
  }

  #lookForSearch(): void {
    if (this.#isSearchStart()) this.#change('search', 1)
    else if (this.#isMark('#')) this.#change('hash', 1)
  }

  #endProtocol(): void {
    const options = { delimiter: '', prefix: '', encode: canonicalProtocol }
    this.#isSpecial = matchesSpecialScheme(compileComponent(this.#text(), options))
    if (this.#isMark('/', 1) && this.#isMark('/', 2)) this.#change('authority', 3)
    else this.#change(this.#isSpecial ? 'authority' : 'pathname', 1)
  }

  #change(next: State, skip: number): void {
    const from = this.#state
    const result = this.#result
    if (from !== 'init' && from !== 'authority' && from !== 'done') result[from] = this.#text()
    if (from !== 'init' && next !== 'done') {
      if (isBetween(from, 'protocol', 'password') && isBetween(next, 'port', 'hash')) result.hostname ??= ''
      if (isBetween(from, 'protocol', 'port') && isBetween(next, 'search', 'hash')) {
        result.pathname ??= this.#isSpecial ? '/' : ''
      }
      if (isBetween(from, 'protocol', 'pathname') && next === 'hash') result.search ??= ''
    }
    this.#state = next
    this.#index += skip
    this.#start = this.#index
    this.#step = 0
  }

  /** Back to where the component began, which is another one than it seemed. */
  #rewind(state: State): void {
    this.#index = this.#start
    this.#step = 0
    this.#state = state
  }

  #text(): string {
    return StringPrototypeSlice(this.#input, this.#token(this.#start).index, this.#token(this.#index).index)
  }

  #token(index: number): Token {
    return (this.#tokens[index] ?? this.#tokens[this.#tokens.length - 1]) as Token
  }

  /** Whether the character is there, and means nothing to the pattern. */
  #isMark(character: string, ahead = 0): boolean {
    const { type, value } = this.#token(this.#index + ahead)
    return value === character && (type === 'char' || type === 'escaped-char' || type === 'invalid-char')
  }

  /** A question mark is a modifier after anything it can modify. */
  #isSearchStart(): boolean {
    if (this.#isMark('?')) return true
    if (this.#token(this.#index).value !== '?') return false
    const before = this.#tokens[this.#index - 1]?.type
    return before !== 'name' && before !== 'regexp' && before !== 'close' && before !== 'asterisk'
  }
}
