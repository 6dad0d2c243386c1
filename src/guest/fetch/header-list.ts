// The ordered list of name–value pairs behind a Headers object. https://fetch.spec.whatwg.org/#concept-header-list
// Names are kept in lower case, and how they were written beside them: only servers that a program sends them to can see it.
import {
  ArrayPrototypePush,
  ArrayPrototypeSort,
  ArrayPrototypeSplice,
  ObjectKeys,
  ReflectDeleteProperty,
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
  /** How names were first written, by the name in lower case; absent for those that were in lower case. */
  #casing: Record<string, string> | undefined
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

  /** For a request: values of one name are one line, and names are written as the program wrote them. */
  packForRequest(): string {
    let text = ''
    const seen = { __proto__: null } as unknown as Record<string, true>
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i] as string
      const written = this.#casing?.[name] ?? name
      // A comma would make one of several cookies.
      if (name === 'cookie') {
        text += `${written}\n${this.values[i]}\n`
        continue
      }
      if (seen[name] === true) continue
      seen[name] = true
      text += `${written}\n${this.get(name)}\n`
    }
    return text
  }

  /** @param written - the name before it was put in lower case */
  keepCasing(name: string, written: string): void {
    if (name === written || this.#casing?.[name] !== undefined) return
    this.#casing ??= { __proto__: null } as unknown as Record<string, string>
    this.#casing[name] = written
  }

  clone(): HeaderList {
    const copy = new HeaderList()
    copy.copyFrom(this)
    return copy
  }

  copyFrom(other: HeaderList): void {
    for (let i = 0; i < other.names.length; i++) this.append(other.names[i] as string, other.values[i] as string)
    const casing = other.#casing
    if (casing === undefined) return
    const keys = ObjectKeys(casing)
    for (let i = 0; i < keys.length; i++) this.keepCasing(keys[i] as string, casing[keys[i] as string] as string)
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
    if (this.#casing !== undefined) ReflectDeleteProperty(this.#casing, name)
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
