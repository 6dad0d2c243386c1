// JSON of values that this guest made. JSON.stringify would call a `toJSON` that a tenant put on Object.prototype, and take
// what it returns.
import { ArrayIsArray, JSONStringify, ObjectKeys } from '../primordials.ts'

/** @param value - texts, integers, booleans, null, and lists and objects of them */
export function toPlainJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSONStringify(value)
  let json = ''
  if (ArrayIsArray(value)) {
    for (let i = 0; i < value.length; i++) json += (i === 0 ? '' : ',') + toPlainJson(value[i])
    return `[${json}]`
  }
  const keys = ObjectKeys(value)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    json += `${i === 0 ? '' : ','}${JSONStringify(key)}:${toPlainJson((value as Record<string, unknown>)[key])}`
  }
  return `{${json}}`
}
