// What Web IDL asks of an interface and a JavaScript class does not give by itself.
// https://webidl.spec.whatwg.org/#js-interfaces
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  SymbolToStringTag,
  TypeErrorConstructor,
} from '../primordials.ts'

interface InterfaceClass {
  readonly prototype: object
}

/**
 * Makes a class look like an interface: its members enumerable, its tag and its name set (minifiers lose the name).
 * Brand checks need nothing from here: reading a `#private` field of the wrong object throws a TypeError.
 *
 * @param lengths - `length` of functions with optional parameters, by name ('constructor' for the class itself):
 *   JavaScript counts `value?: string` as a parameter and Web IDL does not
 */
export function defineInterface(
  constructor: InterfaceClass,
  name: string,
  lengths: Readonly<Record<string, number>> = {},
): void {
  ObjectDefineProperty(constructor, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor)
  ObjectDefineProperty(constructor.prototype, SymbolToStringTag, {
    __proto__: null,
    value: name,
    configurable: true,
  } as PropertyDescriptor)
  showMembers(constructor.prototype, lengths)
  showMembers(constructor, lengths)
  const length = ownNumber(lengths, 'constructor')
  if (length !== undefined)
    ObjectDefineProperty(constructor, 'length', {
      __proto__: null,
      value: length,
      configurable: true,
    } as PropertyDescriptor)
}

/** Constants of an interface: on the class and on its prototype, and nobody can change them. */
export function defineConstants(constructor: InterfaceClass, constants: Readonly<Record<string, number>>): void {
  const keys = ReflectOwnKeys(constants) as string[]
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const descriptor = { value: constants[key], enumerable: true, writable: false, configurable: false }
    ObjectDefineProperty(constructor, key, descriptor)
    ObjectDefineProperty(constructor.prototype, key, descriptor)
  }
}

/** For interfaces that have no public constructor. */
export function illegalConstructor(): never {
  throw new TypeErrorConstructor('Illegal constructor')
}

function showMembers(holder: object, lengths: Readonly<Record<string, number>>): void {
  const keys = ReflectOwnKeys(holder)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string | symbol
    if (typeof key === 'symbol' || key === 'constructor' || key === 'prototype') continue
    // Every function has these two, and they are no members; a prototype may have members of the same names.
    if (typeof holder === 'function' && (key === 'length' || key === 'name')) continue
    ObjectDefineProperty(holder, key, { __proto__: null, enumerable: true } as PropertyDescriptor)
    const length = ownNumber(lengths, key)
    if (length === undefined) continue
    const member: unknown = ObjectGetOwnPropertyDescriptor(holder, key)?.value
    if (typeof member === 'function')
      ObjectDefineProperty(member, 'length', {
        __proto__: null,
        value: length,
        configurable: true,
      } as PropertyDescriptor)
  }
}

function ownNumber(table: Readonly<Record<string, number>>, key: string): number | undefined {
  return ObjectGetOwnPropertyDescriptor(table, key)?.value as number | undefined
}
