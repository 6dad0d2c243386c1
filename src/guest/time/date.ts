// Date by the guest's clock, and otherwise as it was: the prototype stays V8's own, and so do the objects.
// https://tc39.es/ecma262/#sec-date-constructor
import { currentTime } from '../clock.ts'
import {
  DateConstructor,
  DatePrototype,
  DatePrototypeToString,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectConstruct,
  ReflectOwnKeys,
} from '../primordials.ts'

type Constructor = new (...args: unknown[]) => object

export function installDate(scope: object): void {
  const Date = function (value?: unknown): object | string {
    'use strict'
    if (new.target === undefined) return DatePrototypeToString(new DateConstructor(currentTime()))
    // The arguments are rarely more than one, and a list of them takes as long as everything else.
    if (arguments.length === 0 && (new.target as unknown) === Date) return new DateConstructor(currentTime())
    if (arguments.length === 1 && (new.target as unknown) === Date) return new DateConstructor(value as number)
    const args: ArrayLike<unknown> = arguments.length === 0 ? [currentTime()] : arguments
    return ReflectConstruct(DateConstructor, args as never, new.target as unknown as Constructor)
  }
  const { now } = {
    now(): number {
      return currentTime()
    },
  }
  const keys = ReflectOwnKeys(DateConstructor)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string | symbol
    ObjectDefineProperty(Date, key, ObjectGetOwnPropertyDescriptor(DateConstructor, key) as PropertyDescriptor)
  }
  ObjectDefineProperty(Date, 'now', { value: now })
  ObjectDefineProperty(DatePrototype, 'constructor', { value: Date })
  ObjectDefineProperty(scope, 'Date', { value: Date })
}
