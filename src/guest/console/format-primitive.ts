import {
  NumberPrototypeToString,
  ObjectIs,
  RegExpPrototypeTest,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypePadStart,
  StringPrototypeSlice,
  SymbolPrototypeToString,
} from '../primordials.ts'

// oxlint-disable-next-line no-control-regex -- those are what must not reach a terminal
const NEEDS_ESCAPE = /[\0-\x1f'\\\x7f-\x9f]/
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
const MAX_STRING = 10_000

/** Anything but objects and functions, as it would be written in a program. */
export function formatPrimitive(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return ObjectIs(value, -0) ? '-0' : `${value}`
    case 'bigint':
      return `${value}n`
    case 'symbol':
      return SymbolPrototypeToString(value)
    default:
      return `${value as undefined}`
  }
}

/** A property key, as it would be written in an object literal. */
export function formatKey(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${SymbolPrototypeToString(key)}]`
  return RegExpPrototypeTest(IDENTIFIER, key) ? key : quote(key)
}

function quote(text: string): string {
  if (text.length > MAX_STRING) {
    const more = text.length - MAX_STRING
    return `${quote(StringPrototypeSlice(text, 0, MAX_STRING))}... ${more} more character${more === 1 ? '' : 's'}`
  }
  if (!RegExpPrototypeTest(NEEDS_ESCAPE, text)) return `'${text}'`
  const mark = markFor(text)
  let quoted = mark
  for (let i = 0; i < text.length; i++) quoted += escape(text, i, mark)
  return quoted + mark
}

/** The quotation mark that needs the fewest escapes. */
function markFor(text: string): string {
  if (StringPrototypeIndexOf(text, "'") === -1) return "'"
  if (StringPrototypeIndexOf(text, '"') === -1) return '"'
  return StringPrototypeIndexOf(text, '`') === -1 && StringPrototypeIndexOf(text, '${') === -1 ? '`' : "'"
}

function escape(text: string, index: number, mark: string): string {
  const char = text[index] as string
  switch (char) {
    case '\n':
      return '\\n'
    case '\t':
      return '\\t'
    case '\r':
      return '\\r'
    case '\\':
      return '\\\\'
    case mark:
      return `\\${mark}`
  }
  const code = StringPrototypeCharCodeAt(text, index)
  if (code > 0x1f && (code < 0x7f || code > 0x9f)) return char
  return `\\x${StringPrototypePadStart(NumberPrototypeToString(code, 16), 2, '0')}`
}
