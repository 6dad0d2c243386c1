// A built-in constructor with a condition. The replacement has the prototype, the name, the length and the static
// members of the original, which nobody can reach any more.
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  TypeErrorConstructor,
} from '../primordials.ts'

type Constructor = { readonly prototype: object }
type AnyFunction = new (...args: unknown[]) => object

/** @param construct - makes the object, for the same `new.target` */
export function replaceConstructor(
  holder: object,
  name: string,
  construct: (args: readonly unknown[], newTarget: AnyFunction) => object,
): void {
  const original = (holder as Record<string, unknown>)[name] as Constructor
  const replacement = function (...args: unknown[]): object {
    if (new.target === undefined) throw new TypeErrorConstructor(`Constructor ${name} requires 'new'`)
    return construct(args, new.target as unknown as AnyFunction)
  }
  const keys = ReflectOwnKeys(original)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string | symbol
    ObjectDefineProperty(replacement, key, ObjectGetOwnPropertyDescriptor(original, key) as PropertyDescriptor)
  }
  const existing = ObjectGetOwnPropertyDescriptor(holder, name) as PropertyDescriptor
  ObjectDefineProperty(holder, name, { ...existing, value: replacement })
  ObjectDefineProperty(original.prototype, 'constructor', { value: replacement })
}
