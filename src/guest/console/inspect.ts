// A value as text for people, like Node's util.inspect. Never runs a getter, never throws, never exceeds its allowance.
import { type Brand, brandOf } from '../brand.ts'
import {
  ArrayIsArray,
  ArrayPrototypePush,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  ObjectPrototype,
  ObjectPrototypePropertyIsEnumerable,
  ReflectOwnKeys,
  StringPrototypeRepeat,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
} from '../primordials.ts'
import { classNameOf, headOf } from './data-properties.ts'
import { describeError } from './describe-error.ts'
import { describeFunction } from './describe-function.ts'
import { formatKey, formatPrimitive } from './format-primitive.ts'
import { type Inspection, MAX_ENTRIES, more } from './inspection.ts'
import { layOut } from './layout.ts'
import { type Contents, contentsOf } from './special-contents.ts'

const CUT = '…'
/** Of larger arrays only items are shown. */
const MAX_LISTED_ITEMS = 100_000

export function inspect(value: unknown, inspection: Inspection, depth = 0): string {
  if (inspection.remaining <= 0) return CUT
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    const text = formatPrimitive(typeof value === 'string' ? StringPrototypeSlice(value, 0, 20_000) : value)
    return inspection.spend(text.length > inspection.remaining ? cut(text, inspection.remaining) : text)
  }
  const { indent } = inspection
  try {
    return inspectObject(value, inspection, depth)
  } catch {
    // A proxy that was revoked, or whose traps throw.
    inspection.indent = indent
    return inspection.spend('[not inspectable]')
  }
}

function cut(text: string, length: number): string {
  return `${StringPrototypeSlice(text, 0, length)}${CUT}`
}

function inspectObject(object: object, inspection: Inspection, depth: number): string {
  if (inspection.isInside(object)) return inspection.spend(`[Circular *${inspection.refer(object)}]`)
  const own = inspection.describe?.(object, depth)
  if (own !== undefined) return inspection.spend(own)
  const contents = describe(object)
  if (depth > inspection.maxDepth && contents.base === undefined) {
    const name = ArrayIsArray(object) ? 'Array' : (classNameOf(object) ?? 'Object: null prototype')
    return inspection.spend(`[${name}]`)
  }
  inspection.enter(object)
  let text: string
  try {
    text = inspectContents(object, contents, inspection, depth)
  } finally {
    inspection.leave()
  }
  const reference = inspection.referenceOf(object)
  return reference === 0 ? text : `<ref *${reference}> ${text}`
}

function describe(object: object): Contents {
  if (typeof object === 'function') return { base: describeFunction(object) }
  if (ArrayIsArray(object)) return { head: headOf(object, 'Array', object.length), brackets: '[]', items: object }
  const proto: unknown = ObjectGetPrototypeOf(object)
  const brand: Brand = proto === ObjectPrototype || proto === null ? 'plain' : brandOf(object)
  if (brand === 'Error' || brand === 'DOMException') return describeError(object)
  return contentsOf(object, brand) ?? { head: headOf(object, 'Object') }
}

function inspectContents(object: object, contents: Contents, inspection: Inspection, depth: number): string {
  const entries: string[] = []
  const { base } = contents
  const outerDepth = inspection.lastDepth
  inspection.lastDepth = depth
  const nested = (value: unknown): string => inspect(value, inspection, depth + 1)
  const first = inspection.spend(base === undefined ? (contents.head ?? '') : indented(base, inspection.indent))
  inspection.indent += 2
  if (contents.items !== undefined) addItems(entries, contents.items, nested, inspection)
  contents.addEntries?.(entries, nested, inspection)
  addProperties(object, contents, entries, inspection, depth)
  inspection.indent -= 2
  // An empty object is no level of its own.
  if (entries.length === 0) inspection.lastDepth = outerDepth
  if (base !== undefined && entries.length === 0) return first
  const head = base === undefined ? first : `${first} `
  return layOut({ head, brackets: contents.brackets ?? '{}', entries }, inspection, depth)
}

/** Stacks have lines of their own. */
function indented(text: string, indent: number): string {
  return indent === 0 ? text : StringPrototypeReplaceAll(text, '\n', `\n${StringPrototypeRepeat(' ', indent)}`)
}

/** Items of an array, with runs of holes as one entry. */
function addItems(
  entries: string[],
  items: ArrayLike<unknown>,
  nested: (value: unknown) => string,
  inspection: Inspection,
): void {
  const { length } = items
  let index = 0
  while (index < length) {
    if (entries.length >= MAX_ENTRIES || inspection.remaining <= 0) {
      ArrayPrototypePush(entries, more(length - index, 'item'))
      return
    }
    const descriptor = ObjectGetOwnPropertyDescriptor(items, index)
    if (descriptor === undefined) {
      const start = index
      // Sparse arrays can have four thousand million holes: past the first thousand, the next keys tell.
      while (index < length && index - start < 1000 && ObjectGetOwnPropertyDescriptor(items, index) === undefined) {
        index += 1
      }
      if (index - start === 1000) index = nextIndex(items, index)
      ArrayPrototypePush(entries, inspection.spend(`<${index - start} empty item${index - start === 1 ? '' : 's'}>`))
      continue
    }
    ArrayPrototypePush(entries, formatProperty(descriptor, nested))
    index += 1
  }
}

/** The first index at or after the given one that is there. */
function nextIndex(items: ArrayLike<unknown>, from: number): number {
  const keys = ReflectOwnKeys(items)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    const index = typeof key === 'string' ? +key : Number.NaN
    // Indices come first, in order.
    if (!(index >= 0)) break
    if (index >= from) return index
  }
  return items.length
}

function addProperties(
  object: object,
  contents: Contents,
  entries: string[],
  inspection: Inspection,
  depth: number,
): void {
  // Its keys are made as strings, all of them, to find the few that are no indices.
  if (contents.items !== undefined && contents.items.length > MAX_LISTED_ITEMS) return
  const keys = ReflectOwnKeys(object)
  let shown = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string | symbol
    if (contents.items !== undefined && typeof key === 'string' && +key >= 0) continue
    if (contents.hides?.(key) === true || !ObjectPrototypePropertyIsEnumerable(object, key)) continue
    if (shown >= MAX_ENTRIES || inspection.remaining <= 0) {
      ArrayPrototypePush(entries, more(keys.length - i, 'property'))
      return
    }
    const descriptor = ObjectGetOwnPropertyDescriptor(object, key)
    if (descriptor === undefined) continue
    shown += 1
    const name = inspection.spend(formatKey(key))
    const text = formatProperty(descriptor, (value) => inspect(value, inspection, depth + 1))
    ArrayPrototypePush(entries, `${name}: ${text}`)
  }
}

function formatProperty(descriptor: PropertyDescriptor, nested: (value: unknown) => string): string {
  if (descriptor.get !== undefined) return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]'
  return descriptor.set === undefined ? nested(descriptor.value) : '[Setter]'
}
