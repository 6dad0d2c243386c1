// A pattern string as parts: fixed text, and groups. https://urlpattern.spec.whatwg.org/#parsing
import { ArrayPrototypePush, TypeErrorConstructor } from '../primordials.ts'
import { type Token, tokenize, type TokenType } from './tokenize.ts'
import { segmentRegexp } from './write-pattern.ts'

/** In the order of how specific they are. */
export const PART_TYPES = ['full-wildcard', 'segment-wildcard', 'regexp', 'fixed'] as const
export const MODIFIERS = ['*', '?', '+', ''] as const

export interface Part {
  readonly type: (typeof PART_TYPES)[number]
  /** Fixed text, or a regular expression. */
  readonly value: string
  readonly modifier: (typeof MODIFIERS)[number]
  /** Of a group: as given, or a number; '' for fixed text. */
  readonly name: string
  readonly prefix: string
  readonly suffix: string
}

export interface PatternOptions {
  /** What a segment ends with. */
  readonly delimiter: string
  /** What belongs to a group when it comes right before it. */
  readonly prefix: string
}

/** Fixed text as the component of a URL would hold it; throws a TypeError where none could. */
export type Encode = (text: string) => string

const FULL_WILDCARD = '.*'

/** @throws TypeError */
export function parseParts(pattern: string, options: PatternOptions, encode: Encode): Part[] {
  return new PartParser(pattern, options, encode).parse()
}

class PartParser {
  readonly #tokens: Token[]
  readonly #options: PatternOptions
  readonly #encode: Encode
  readonly #parts: Part[] = []
  #index = 0
  #pendingText = ''
  #nextNumber = 0

  constructor(pattern: string, options: PatternOptions, encode: Encode) {
    this.#tokens = tokenize(pattern, 'strict')
    this.#options = options
    this.#encode = encode
  }

  parse(): Part[] {
    while (this.#index < this.#tokens.length) {
      const character = this.#take('char')
      const name = this.#take('name')
      const matcher = this.#takeMatcher(name)
      if (name !== undefined || matcher !== undefined) {
        let prefix = character ?? ''
        if (prefix !== '' && prefix !== this.#options.prefix) {
          this.#pendingText += prefix
          prefix = ''
        }
        this.#addPendingText()
        this.#addGroup({ prefix, name, matcher, suffix: '', modifier: this.#takeModifier() })
        continue
      }
      const text = character ?? this.#take('escaped-char')
      if (text !== undefined) {
        this.#pendingText += text
        continue
      }
      if (this.#take('open') !== undefined) {
        this.#addBraces()
        continue
      }
      this.#addPendingText()
      this.#require('end')
    }
    return this.#parts
  }

  #addBraces(): void {
    const prefix = this.#takeText()
    const name = this.#take('name')
    const matcher = this.#takeMatcher(name)
    const suffix = this.#takeText()
    this.#require('close')
    this.#addGroup({ prefix, name, matcher, suffix, modifier: this.#takeModifier() })
  }

  #take(type: TokenType): string | undefined {
    const token = this.#tokens[this.#index] as Token
    if (token.type !== type) return undefined
    this.#index += 1
    return token.value
  }

  #require(type: TokenType): void {
    if (this.#take(type) !== undefined) return
    const { index, value } = this.#tokens[this.#index] as Token
    throw new TypeErrorConstructor(`The pattern is not valid: "${value}" at ${index} is not expected there.`)
  }

  /** What a group matches; a name before it cannot stand for a wildcard, which would be one of its own. */
  #takeMatcher(name: string | undefined): string | undefined {
    const regexp = this.#take('regexp')
    if (regexp !== undefined || name !== undefined) return regexp
    return this.#take('asterisk') === undefined ? undefined : FULL_WILDCARD
  }

  #takeModifier(): Part['modifier'] {
    return (this.#take('other-modifier') ?? this.#take('asterisk') ?? '') as Part['modifier']
  }

  #takeText(): string {
    let text = ''
    for (;;) {
      const next = this.#take('char') ?? this.#take('escaped-char')
      if (next === undefined) return text
      text += next
    }
  }

  #addPendingText(): void {
    if (this.#pendingText === '') return
    this.#addFixed(this.#pendingText, '')
    this.#pendingText = ''
  }

  #addFixed(text: string, modifier: Part['modifier']): void {
    const value = this.#encode(text)
    ArrayPrototypePush<Part>(this.#parts, { type: 'fixed', value, modifier, name: '', prefix: '', suffix: '' })
  }

  #addGroup(group: {
    prefix: string
    name: string | undefined
    matcher: string | undefined
    suffix: string
    modifier: Part['modifier']
  }): void {
    const { matcher, modifier, name: givenName, prefix, suffix } = group
    if (givenName === undefined && matcher === undefined) {
      if (modifier === '') {
        this.#pendingText += prefix
        return
      }
      this.#addPendingText()
      if (prefix !== '') this.#addFixed(prefix, modifier)
      return
    }
    this.#addPendingText()
    const segment = segmentRegexp(this.#options)
    const source = matcher ?? segment
    const type = source === segment ? 'segment-wildcard' : source === FULL_WILDCARD ? 'full-wildcard' : 'regexp'
    let name = givenName
    if (name === undefined) {
      name = `${this.#nextNumber}`
      this.#nextNumber += 1
    }
    for (let i = 0; i < this.#parts.length; i++) {
      if (this.#parts[i]?.name === name) throw new TypeErrorConstructor(`The pattern has two groups named "${name}".`)
    }
    ArrayPrototypePush<Part>(this.#parts, {
      type,
      value: type === 'regexp' ? source : '',
      modifier,
      name,
      prefix: this.#encode(prefix),
      suffix: this.#encode(suffix),
    })
  }
}
