// Parts as a regular expression, and as a pattern string in its normal form.
// https://urlpattern.spec.whatwg.org/#converting-part-lists-to-regular-expressions and …-to-pattern-strings
import { ArrayPrototypePush, StringPrototypeIndexOf, StringPrototypeSlice } from '../primordials.ts'
import type { Part, PatternOptions } from './parts.ts'
import { characterAt, isNameCharacter } from './tokenize.ts'

/** The text with a backslash before each of the marks. */
function escapeMarks(text: string, marks: string): string {
  let escaped = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string
    escaped += StringPrototypeIndexOf(marks, unit) < 0 ? unit : `\\${unit}`
  }
  return escaped
}

function escapeRegexp(text: string): string {
  return escapeMarks(text, '.+*?^${}()[]|/\\')
}

export function escapePattern(text: string): string {
  return escapeMarks(text, '+*?:{}()\\')
}

export function segmentRegexp({ delimiter }: PatternOptions): string {
  return `[^${escapeRegexp(delimiter)}]+?`
}

interface WrittenRegexp {
  readonly source: string
  /** Of its groups, in order. */
  readonly names: string[]
}

export function writeRegexp(parts: readonly Part[], options: PatternOptions): WrittenRegexp {
  const names: string[] = []
  let source = '^'
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Part
    if (part.type === 'fixed') {
      const text = escapeRegexp(part.value)
      source += part.modifier === '' ? text : `(?:${text})${part.modifier}`
      continue
    }
    ArrayPrototypePush(names, part.name)
    source += groupRegexp(part, options)
  }
  return { source: `${source}$`, names }
}

function groupRegexp({ modifier, type, value, prefix, suffix }: Part, options: PatternOptions): string {
  const matcher = type === 'segment-wildcard' ? segmentRegexp(options) : type === 'full-wildcard' ? '.*' : value
  const repeats = modifier === '*' || modifier === '+'
  if (prefix === '' && suffix === '') return repeats ? `((?:${matcher})${modifier})` : `(${matcher})${modifier}`
  const before = escapeRegexp(prefix)
  const after = escapeRegexp(suffix)
  if (!repeats) return `(?:${before}(${matcher})${after})${modifier}`
  // Between two repetitions stand the suffix of the one and the prefix of the other; they are in the group.
  const group = `(?:${before}((?:${matcher})(?:${after}${before}(?:${matcher}))*)${after})`
  return modifier === '*' ? `${group}?` : group
}

export function writePattern(parts: readonly Part[], options: PatternOptions): string {
  let pattern = ''
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Part
    if (part.type === 'fixed') {
      const text = escapePattern(part.value)
      pattern += part.modifier === '' ? text : `{${text}}${part.modifier}`
    } else {
      pattern += groupPattern(part, { previous: parts[i - 1], next: parts[i + 1], options })
    }
  }
  return pattern
}

interface Surroundings {
  readonly previous: Part | undefined
  readonly next: Part | undefined
  readonly options: PatternOptions
}

function groupPattern(part: Part, around: Surroundings): string {
  const { modifier, name, prefix, suffix, type, value } = part
  const { previous, options } = around
  const isNamed = !isDigit(name)
  const needsBraces = groupNeedsBraces(part, around)
  let text = needsBraces ? '{' : ''
  text += escapePattern(prefix)
  if (isNamed) text += `:${name}`
  if (type === 'regexp') text += `(${value})`
  else if (type === 'segment-wildcard' && !isNamed) text += `(${segmentRegexp(options)})`
  else if (type === 'full-wildcard') {
    const isPlain =
      !isNamed &&
      (previous === undefined || previous.type === 'fixed' || previous.modifier !== '' || needsBraces || prefix !== '')
    text += isPlain ? '*' : '(.*)'
  }
  if (type === 'segment-wildcard' && isNamed && suffix !== '' && isNameCharacter(characterAt(suffix, 0), 'later')) {
    text += '\\'
  }
  return `${text}${escapePattern(suffix)}${needsBraces ? '}' : ''}${modifier}`
}

/** Without them its text would be read as another pattern. */
function groupNeedsBraces(part: Part, { next, options, previous }: Surroundings): boolean {
  const { modifier, name, prefix, suffix, type } = part
  if (suffix !== '' || (prefix !== '' && prefix !== options.prefix)) return true
  const isBareName = !isDigit(name) && type === 'segment-wildcard' && modifier === ''
  if (isBareName && next !== undefined && next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed' ? isNameCharacter(characterAt(next.value, 0), 'later') : isDigit(next.name)) return true
  }
  if (prefix !== '' || previous?.type !== 'fixed' || previous.value === '') return false
  return StringPrototypeSlice(previous.value, -1) === options.prefix
}

function isDigit(name: string): boolean {
  const first = name[0] as string
  return first >= '0' && first <= '9'
}
