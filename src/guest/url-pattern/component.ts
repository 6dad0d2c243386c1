// One component of a pattern, compiled. https://urlpattern.spec.whatwg.org/#component-internals
import {
  ObjectDefineProperty,
  RegExpConstructor,
  RegExpPrototypeExec,
  RegExpPrototypeTest,
  TypeErrorConstructor,
} from '../primordials.ts'
import { SPECIAL_SCHEMES } from './canonicalize.ts'
import { type Encode, MODIFIERS, type Part, PART_TYPES, parseParts, type PatternOptions } from './parts.ts'
import { writePattern, writeRegexp } from './write-pattern.ts'

export interface Component {
  readonly pattern: string
  readonly parts: readonly Part[]
  readonly regexp: RegExp
  readonly groupNames: readonly string[]
  readonly hasRegexpGroups: boolean
  readonly encode: Encode
}

export interface ComponentResult {
  readonly input: string
  readonly groups: Record<string, string | undefined>
}

interface CompileOptions extends PatternOptions {
  readonly encode: Encode
  readonly ignoreCase?: boolean
}

/** @throws TypeError */
export function compileComponent(pattern: string, options: CompileOptions): Component {
  const parts = parseParts(pattern, options, options.encode)
  const { source, names } = writeRegexp(parts, options)
  let hasRegexpGroups = false
  for (let i = 0; i < parts.length; i++) if (parts[i]?.type === 'regexp') hasRegexpGroups = true
  return {
    pattern: writePattern(parts, options),
    parts,
    regexp: makeRegexp(source, options.ignoreCase === true ? 'vi' : 'v'),
    groupNames: names,
    hasRegexpGroups,
    encode: options.encode,
  }
}

function makeRegexp(source: string, flags: string): RegExp {
  try {
    return new RegExpConstructor(source, flags)
  } catch {
    throw new TypeErrorConstructor('A group of the pattern is not a valid regular expression.')
  }
}

export function matchComponent({ groupNames, regexp }: Component, input: string): ComponentResult | undefined {
  const match = RegExpPrototypeExec(regexp, input)
  if (match === null) return undefined
  const groups: ComponentResult['groups'] = {}
  for (let i = 0; i < groupNames.length; i++) {
    // An assignment would take a group named `__proto__` for something else.
    const descriptor = { value: match[i + 1], writable: true, enumerable: true, configurable: true }
    ObjectDefineProperty(groups, groupNames[i] as string, descriptor)
  }
  return { input, groups }
}

export function matchesSpecialScheme({ regexp }: Component): boolean {
  for (let i = 0; i < SPECIAL_SCHEMES.length; i++) {
    if (RegExpPrototypeTest(regexp, SPECIAL_SCHEMES[i] as string)) return true
  }
  return false
}

const NOTHING: Part = { type: 'fixed', value: '', modifier: '', name: '', prefix: '', suffix: '' }

/** Below zero where the left one is less specific: for sorting. Not in the standard yet, but in its tests. */
export function compareComponents(left: Component, right: Component): number {
  const length = left.parts.length > right.parts.length ? left.parts.length : right.parts.length
  for (let i = 0; i < length; i++) {
    const result = compareParts(left.parts[i] ?? NOTHING, right.parts[i] ?? NOTHING)
    if (result !== 0) return result
    if (i >= left.parts.length || i >= right.parts.length) return 0
  }
  return 0
}

function compareParts(left: Part, right: Part): number {
  return (
    compare(rank(PART_TYPES, left.type), rank(PART_TYPES, right.type)) ||
    compare(rank(MODIFIERS, left.modifier), rank(MODIFIERS, right.modifier)) ||
    compare(left.prefix, right.prefix) ||
    compare(left.value, right.value) ||
    compare(left.suffix, right.suffix)
  )
}

function rank<T extends string>(order: readonly T[], item: T): number {
  for (let i = 0; i < order.length; i++) if (order[i] === item) return i
  return -1
}

function compare<T extends string | number>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** The text a component matches that is made of these values. Not in the standard yet, but in its tests. */
export function generateComponent(component: Component, groups: Readonly<Record<string, string>>): string {
  const { encode, parts, regexp } = component
  let text = ''
  for (let i = 0; i < parts.length; i++) {
    const { modifier, name, prefix, suffix, type, value } = parts[i] as Part
    if (modifier !== '' || type === 'regexp' || type === 'full-wildcard') {
      throw new TypeErrorConstructor('Only patterns of fixed text and names give a text.')
    }
    if (type === 'fixed') {
      text += value
      continue
    }
    const given = groups[name]
    if (given === undefined) throw new TypeErrorConstructor(`There is no value for the group "${name}".`)
    text += `${prefix}${encode(given)}${suffix}`
  }
  if (RegExpPrototypeTest(regexp, text)) return text
  throw new TypeErrorConstructor('The values do not make a text that the pattern matches.')
}
