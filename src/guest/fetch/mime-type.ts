// https://mimesniff.spec.whatwg.org/#parsing-a-mime-type, and back to text.
import {
  ArrayPrototypePush,
  RegExpPrototypeTest,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
} from '../primordials.ts'

interface MimeType {
  readonly type: string
  readonly subtype: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Undefined for what is no MIME type. */
export function parseMimeType(input: string): MimeType | undefined {
  const text = trim(input)
  const slash = StringPrototypeIndexOf(text, '/')
  if (slash === -1) return undefined
  const type = StringPrototypeSlice(text, 0, slash)
  const end = indexOrEnd(text, ';', slash + 1)
  const subtype = trim(StringPrototypeSlice(text, slash + 1, end), 'end')
  if (!RegExpPrototypeTest(TOKEN, type) || !RegExpPrototypeTest(TOKEN, subtype)) return undefined
  return {
    type: StringPrototypeToLowerCase(type),
    subtype: StringPrototypeToLowerCase(subtype),
    parameters: parseParameters(text, end),
  }
}

function parseParameters(text: string, start: number): readonly (readonly [name: string, value: string])[] {
  const parameters: [string, string][] = []
  const seen = { __proto__: null } as unknown as Record<string, true>
  let at = start
  while (at < text.length) {
    at += 1
    const semicolon = indexOrEnd(text, ';', at)
    const equals = indexOrEnd(text, '=', at)
    const nameEnd = equals < semicolon ? equals : semicolon
    const name = StringPrototypeToLowerCase(trim(StringPrototypeSlice(text, at, nameEnd), 'start'))
    at = nameEnd
    if (at >= text.length || at === semicolon) continue
    at += 1
    let value: string
    if (StringPrototypeCharCodeAt(text, at) === QUOTE) {
      const quoted = readQuoted(text, at + 1)
      value = quoted.value
      at = indexOrEnd(text, ';', quoted.end)
    } else {
      const valueEnd = indexOrEnd(text, ';', at)
      value = trim(StringPrototypeSlice(text, at, valueEnd), 'end')
      at = valueEnd
      if (value === '') continue
    }
    if (seen[name] === true || !RegExpPrototypeTest(TOKEN, name) || !RegExpPrototypeTest(VALUE, value)) continue
    seen[name] = true
    ArrayPrototypePush(parameters, [name, value])
  }
  return parameters
}

/** https://fetch.spec.whatwg.org/#collect-an-http-quoted-string, after its first quote */
function readQuoted(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = ''
  let at = start
  while (at < text.length) {
    const code = StringPrototypeCharCodeAt(text, at)
    if (code === QUOTE) return { value, end: at + 1 }
    // A backslash that ends the text stands for itself.
    if (code === BACKSLASH && at + 1 < text.length) at += 1
    value += text[at] as string
    at += 1
  }
  return { value, end: at }
}

/** https://mimesniff.spec.whatwg.org/#serialize-a-mime-type */
export function serializeMimeType({ parameters, subtype, type }: MimeType): string {
  let text = `${type}/${subtype}`
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as MimeType['parameters'][number]
    text += `;${parameter[0]}=${RegExpPrototypeTest(TOKEN, parameter[1]) ? parameter[1] : quote(parameter[1])}`
  }
  return text
}

function quote(value: string): string {
  return `"${StringPrototypeReplaceAll(StringPrototypeReplaceAll(value, '\\', '\\\\'), '"', '\\"')}"`
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = StringPrototypeIndexOf(text, character, from)
  return index === -1 ? text.length : index
}

/** Without HTTP white space. */
function trim(text: string, side?: 'start' | 'end'): string {
  let start = 0
  let end = text.length
  if (side !== 'end') while (start < end && isBlank(StringPrototypeCharCodeAt(text, start))) start += 1
  if (side !== 'start') while (end > start && isBlank(StringPrototypeCharCodeAt(text, end - 1))) end -= 1
  return StringPrototypeSlice(text, start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}
