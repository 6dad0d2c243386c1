// The ordered list of name–value pairs behind a Headers object. https://fetch.spec.whatwg.org/#concept-header-list
// Names are kept in lower case: nothing a worker can observe, and nothing HTTP cares about, depends on their case.
import {
  ArrayPrototypePush,
  ArrayPrototypeSort,
  ArrayPrototypeSplice,
  RegExpPrototypeTest,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  TypeErrorConstructor,
} from '../primordials.ts'

export class HeaderList {
  readonly names: string[] = []
  readonly values: string[] = []
  /** Changes with every change, so that a live iterator knows when to sort again. */
  revision = 0

  static unpack(text: string): HeaderList {
    const list = new HeaderList()
    let start = 0
    while (start < text.length) {
      const nameEnd = StringPrototypeIndexOf(text, '\n', start)
      const valueEnd = StringPrototypeIndexOf(text, '\n', nameEnd + 1)
      if (nameEnd < 0 || valueEnd < 0) break
      ArrayPrototypePush(list.names, StringPrototypeToLowerCase(StringPrototypeSlice(text, start, nameEnd)))
      ArrayPrototypePush(list.values, StringPrototypeSlice(text, nameEnd + 1, valueEnd))
      start = valueEnd + 1
    }
    return list
  }

  pack(): string {
    let text = ''
    for (let i = 0; i < this.names.length; i++) text += `${this.names[i]}\n${this.values[i]}\n`
    return text
  }

  clone(): HeaderList {
    const copy = new HeaderList()
    for (let i = 0; i < this.names.length; i++) copy.append(this.names[i] as string, this.values[i] as string)
    return copy
  }

  has(name: string): boolean {
    for (let i = 0; i < this.names.length; i++) if (this.names[i] === name) return true
    return false
  }

  /** All values of a name, combined; null when there is none. */
  get(name: string): string | null {
    let combined: string | null = null
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i] !== name) continue
      const value = this.values[i] as string
      combined = combined === null ? value : `${combined}, ${value}`
    }
    return combined
  }

  append(name: string, value: string): void {
    this.revision += 1
    ArrayPrototypePush(this.names, name)
    ArrayPrototypePush(this.values, value)
  }

  delete(name: string): void {
    this.revision += 1
    for (let i = this.names.length - 1; i >= 0; i--) if (this.names[i] === name) this.#removeAt(i)
  }

  set(name: string, value: string): void {
    this.revision += 1
    let found = false
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i] !== name) continue
      if (found) this.#removeAt(i--)
      else this.values[i] = value
      found = true
    }
    if (!found) this.append(name, value)
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine */
  sorted(): [name: string, value: string][] {
    const entries: [string, string][] = []
    const seen = { __proto__: null } as unknown as Record<string, true>
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i] as string
      if (name === 'set-cookie') {
        ArrayPrototypePush(entries, [name, this.values[i] as string])
      } else if (seen[name] !== true) {
        seen[name] = true
        ArrayPrototypePush(entries, [name, this.get(name) as string])
      }
    }
    // Sorting is stable, so several set-cookie entries keep their order.
    return ArrayPrototypeSort(entries, (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
  }

  #removeAt(index: number): void {
    ArrayPrototypeSplice(this.names, index, 1)
    ArrayPrototypeSplice(this.values, index, 1)
  }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const FORBIDDEN_IN_VALUE = /[\0\r\n]/

/** A valid header name in lower case. */
export function toHeaderName(name: string): string {
  if (!RegExpPrototypeTest(TOKEN, name)) throw new TypeErrorConstructor(`"${name}" is not a valid header name.`)
  return StringPrototypeToLowerCase(name)
}

/** A valid header value without surrounding white space; every character is one byte. */
export function toHeaderValue(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isWhitespace(StringPrototypeCharCodeAt(value, start))) start += 1
  while (end > start && isWhitespace(StringPrototypeCharCodeAt(value, end - 1))) end -= 1
  const trimmed = start === 0 && end === value.length ? value : StringPrototypeSlice(value, start, end)
  if (RegExpPrototypeTest(FORBIDDEN_IN_VALUE, trimmed)) {
    throw new TypeErrorConstructor('A header value must not contain NUL, CR or LF.')
  }
  return trimmed
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}
