// What holds in one environment of a configuration file: what it says itself, and what it inherits from the file's root.
import { IsopodError } from '../errors.ts'
import type { ConfigPath } from './config-text.ts'
import { IGNORED_KEYS, REFUSED_KEYS } from './wrangler-keys.ts'

/** A worker's own data and neighbours; production's are not staging's. */
const NOT_INHERITED: ReadonlySet<string> = new Set([
  'kv_namespaces',
  'services',
  'vars',
  ...Object.entries({ ...IGNORED_KEYS, ...REFUSED_KEYS })
    .filter(([, { scope }]) => scope === 'section')
    .map(([key]) => key),
])

/** Two keys for one thing: either replaces both. */
const TWINS: Readonly<Record<string, string>> = { route: 'routes', routes: 'route' }

type Values = Readonly<Record<string, unknown>>

export interface ChosenEnvironment {
  readonly values: Values
  /** Where the value of a key is written. */
  readonly placeOf: (key: string) => ConfigPath
  readonly warnings: readonly string[]
}

/** @throws IsopodError `INVALID_OPTION` where there is no such environment */
export function chooseEnvironment(file: Values, environment: string | undefined): ChosenEnvironment {
  const { env, ...root } = file
  if (environment === undefined) return { values: root, placeOf: (key) => [key], warnings: [] }
  const environments = (env ?? {}) as Readonly<Record<string, Values>>
  const own = Object.hasOwn(environments, environment) ? environments[environment] : undefined
  if (own === undefined) {
    const names = Object.keys(environments)
    const others = names.length === 0 ? 'the configuration has none' : `there are ${names.join(', ')}`
    throw new IsopodError('INVALID_OPTION', `There is no environment "${environment}"; ${others}.`)
  }
  const values: Record<string, unknown> = { ...own }
  const left: string[] = []
  for (const [key, value] of Object.entries(root)) {
    if (Object.hasOwn(own, key)) continue
    if (NOT_INHERITED.has(key)) left.push(key)
    else if (key === 'name') values[key] = `${String(value)}-${environment}`
    else if (!Object.hasOwn(own, TWINS[key] ?? '')) values[key] = value
  }
  return {
    values,
    placeOf: (key) => (Object.hasOwn(own, key) ? ['env', environment, key] : [key]),
    warnings: left.map(
      (key) => `"${key}" is not inherited by environments: env.${environment} has none, unless it gives its own.`,
    ),
  }
}
