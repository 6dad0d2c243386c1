// `env` as programs see it: values, and objects for what lies outside of the instance.
import { JSONParse, ObjectDefineProperty, ObjectKeys } from '../primordials.ts'
import { loadPart } from '../parts.ts'
import type { BindingKind } from './bindings.ts'
import type * as Bindings from './bindings.ts'

interface EnvText {
  readonly env: object
  readonly bindings: Readonly<Record<string, BindingKind>>
}

/** @param text - JSON, see `PreparedVersion.envText` on the host */
export function makeEnv(text: string): object {
  const { bindings, env } = JSONParse(text) as EnvText
  const names = ObjectKeys(bindings)
  if (names.length === 0) return env
  const { createBinding } = loadPart('bindings/bindings.ts') as typeof Bindings
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    const value = createBinding(name, bindings[name] as BindingKind)
    ObjectDefineProperty(env, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    } as PropertyDescriptor)
  }
  return env
}
