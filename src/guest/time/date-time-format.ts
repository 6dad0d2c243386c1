// Intl.DateTimeFormat by the guest's clock, where it is given no time.
// https://tc39.es/ecma402/#sec-intl.datetimeformat.prototype.format
import { currentTime } from '../clock.ts'
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  uncurryGetter,
  uncurryThis,
  WeakMapConstructor,
  WeakMapPrototypeGet,
  WeakMapPrototypeSet,
} from '../primordials.ts'

type Format = (time?: unknown) => string

export function boundDateTimeFormat(): void {
  const { prototype } = Intl.DateTimeFormat
  const formatOf = uncurryGetter<Format>(prototype, 'format')
  const formatToParts = uncurryThis(prototype.formatToParts)
  /** Each object has one function, always the same. */
  const bound = new WeakMapConstructor<object, Format>()
  const members = {
    get format(): Format {
      const original = formatOf(this)
      const known = WeakMapPrototypeGet(bound, original)
      if (known !== undefined) return known
      const format: Format = (time) => original(time === undefined ? currentTime() : time)
      ObjectDefineProperty(format, 'name', { value: '' })
      ObjectDefineProperty(format, 'length', { value: 1 })
      WeakMapPrototypeSet(bound, original, format)
      return format
    },
    formatToParts(time: unknown): object[] {
      return formatToParts(this, (time === undefined ? currentTime() : time) as number)
    },
  }
  const { get } = ObjectGetOwnPropertyDescriptor(members, 'format') as { readonly get: () => Format }
  ObjectDefineProperty(prototype, 'format', { get })
  ObjectDefineProperty(prototype, 'formatToParts', { value: members.formatToParts })
}
