// What one call of a console method prints. https://console.spec.whatwg.org/#formatter
import {
  JSONStringify,
  NumberParseFloat,
  NumberParseInt,
  ReflectApply,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from '../primordials.ts'
import { formatPrimitive } from './format-primitive.ts'
import { inspect } from './inspect.ts'
import { Inspection, MAX_LOG_CHARS } from './inspection.ts'

const TRUNCATED = '… (truncated)'

/** At most 16 Ki characters, whatever the values are. Never throws. */
export function formatLog(args: readonly unknown[]): string {
  const inspection = new Inspection(MAX_LOG_CHARS)
  let text = ''
  let next = 0
  if (typeof args[0] === 'string') {
    text = bounded(args[0])
    next = 1
    if (args.length > 1 && StringPrototypeIndexOf(text, '%') !== -1) {
      const result = substitute(text, args, inspection)
      text = result.text
      next = result.next
    }
  }
  for (let i = next; i < args.length && text.length <= MAX_LOG_CHARS; i++) {
    const arg = args[i]
    inspection.remaining = MAX_LOG_CHARS - text.length
    text += `${i === 0 ? '' : ' '}${typeof arg === 'string' ? bounded(arg) : inspect(arg, inspection)}`
  }
  if (text.length <= MAX_LOG_CHARS) return text
  return StringPrototypeSlice(text, 0, MAX_LOG_CHARS - TRUNCATED.length) + TRUNCATED
}

/** One character more than there is room for, so that the cut shows. */
function bounded(text: string): string {
  return StringPrototypeSlice(text, 0, MAX_LOG_CHARS + 1)
}

function substitute(
  template: string,
  args: readonly unknown[],
  inspection: Inspection,
): { text: string; next: number } {
  let text = ''
  let next = 1
  let from = 0
  for (;;) {
    const at = StringPrototypeIndexOf(template, '%', from)
    if (at === -1 || text.length > MAX_LOG_CHARS) break
    text += StringPrototypeSlice(template, from, at)
    from = at + 2
    const specifier = template[at + 1]
    if (specifier === '%') {
      text += '%'
      continue
    }
    const convert = specifier === undefined ? undefined : CONVERSIONS[specifier]
    if (convert === undefined || next >= args.length) {
      text += StringPrototypeSlice(template, at, from)
      continue
    }
    inspection.remaining = MAX_LOG_CHARS - text.length
    text += ReflectApply(convert, undefined, [args[next], inspection])
    next += 1
  }
  return { text: text + StringPrototypeSlice(template, from), next }
}

type Convert = (value: unknown, inspection: Inspection) => string

const toText: Convert = (value, inspection) => (typeof value === 'string' ? bounded(value) : inspect(value, inspection))
const toNumber: Convert = (value) => formatNumber(value, (primitive) => +(primitive as number))
const toInteger: Convert = (value) => formatNumber(value, (primitive) => NumberParseInt(primitive as string, 10))
const toFloat: Convert = (value) => formatNumber(value, (primitive) => NumberParseFloat(primitive as string))
/** Styles are for browsers. */
const toNothing: Convert = () => ''

const CONVERSIONS = {
  __proto__: null,
  c: toNothing,
  d: toNumber,
  f: toFloat,
  i: toInteger,
  j: toJson,
  o: inspect,
  O: inspect,
  s: toText,
} as unknown as Readonly<Record<string, Convert | undefined>>

/** Objects are not converted: that would run code of theirs. */
function formatNumber(value: unknown, convert: (primitive: unknown) => number): string {
  if (typeof value === 'bigint') return formatPrimitive(value)
  if (typeof value === 'symbol' || typeof value === 'function') return 'NaN'
  return typeof value === 'object' && value !== null ? 'NaN' : formatPrimitive(convert(value))
}

/** The one conversion that is defined to run code of the value. */
function toJson(value: unknown): string {
  try {
    return bounded(JSONStringify(value) ?? 'undefined')
  } catch {
    return '[not JSON]'
  }
}
