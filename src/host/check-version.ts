// Is this a version? The last check before a bundle meets an isolate; what the bundler made always passes.
import { IsopodError } from '../errors.ts'
import { DEFAULT_LIMITS, limitRange, type Limits } from '../limits.ts'
import { type BindingConfig, type Bundle, MODES, MOST_WARM, type Part, type Version } from '../version.ts'
import { assertName, isName } from '../worker-name.ts'
import { assertAssets } from './check-assets.ts'
import { assertNetworkPolicy } from './check-network-policy.ts'

/** @throws IsopodError `INVALID_WORKER_ID`, `INVALID_BUNDLE`, `INVALID_OPTION` */
export function assertVersion(version: Version): void {
  assertName(version.worker, 'worker')
  assertName(version.tenant, 'tenant')
  if (typeof version.id !== 'string' || version.id === '') {
    throw new IsopodError('INVALID_OPTION', 'A version needs an id: a string that is not empty.')
  }
  const { bindings, bundle, limits, minWarm = 0, mode, env, network } = version
  assertBundle(bundle)
  if (mode !== undefined && !MODES.includes(mode)) {
    throw new IsopodError('INVALID_OPTION', `"${String(mode)}" is no mode; there are ${MODES.join(', ')}.`)
  }
  if (limits !== undefined) assertLimits(limits)
  if (!Number.isInteger(minWarm) || minWarm < 0 || minWarm > MOST_WARM) {
    throw new IsopodError(
      'INVALID_OPTION',
      `"minWarm" must be an integer from 0 to ${MOST_WARM}; got ${String(minWarm)}.`,
    )
  }
  if (network !== undefined) assertNetworkPolicy(network)
  if (env !== undefined && (typeof env !== 'object' || env === null || jsonText(env) === undefined)) {
    throw new IsopodError('INVALID_OPTION', 'The env of a version must be an object that JSON can hold.')
  }
  if (bindings !== undefined) assertBindings(bindings, env)
  assertAssets(version)
}

function assertBindings(bindings: NonNullable<Version['bindings']>, env: Version['env'] = {}): void {
  if (typeof bindings !== 'object' || bindings === null) {
    throw new IsopodError('INVALID_OPTION', 'The bindings of a version must be an object: name in `env` to what it is.')
  }
  for (const [name, binding] of Object.entries(bindings)) {
    const problem = Object.hasOwn(env, name) ? 'is a value of `env` too' : problemOf(binding)
    if (problem !== undefined) throw new IsopodError('INVALID_OPTION', `The binding "${name}" ${problem}.`)
  }
}

function problemOf(binding: BindingConfig): string | undefined {
  switch (binding?.type) {
    case 'assets':
      return undefined
    case 'kv':
      return isName(binding.namespace) ? undefined : 'needs a namespace, named as workers are'
    case 'service':
      return isName(binding.worker) ? undefined : 'needs the name of a worker'
    default:
      return 'is of no kind there is; there are assets, kv and service'
  }
}

/** JSON text of a value; undefined where JSON cannot hold it. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function assertBundle(bundle: Bundle): void {
  if (typeof bundle?.script !== 'string' || !bundle.script.startsWith('__isopod__(')) {
    throw new IsopodError(
      'INVALID_BUNDLE',
      'The bundle has no script in the form that bundleProject and bundleSource make.',
    )
  }
  if (typeof bundle.parts !== 'object' || bundle.parts === null) {
    throw new IsopodError('INVALID_BUNDLE', 'The bundle has no parts; an empty object stands for none.')
  }
  if (bundle.sourceMap !== undefined && typeof bundle.sourceMap !== 'string') {
    throw new IsopodError('INVALID_BUNDLE', 'The source map of the bundle is not JSON text.')
  }
  for (const [name, part] of Object.entries(bundle.parts)) {
    if (isPart(part)) continue
    throw new IsopodError('INVALID_BUNDLE', `The part "${name}" of the bundle has no content of the kind it names.`)
  }
}

function isPart(part: Part): boolean {
  switch (part?.type) {
    case 'text':
      return typeof part.text === 'string'
    case 'data':
    case 'wasm':
      return part.bytes instanceof Uint8Array
    default:
      return false
  }
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertLimits(limits: Partial<Limits>): void {
  if (typeof limits !== 'object' || limits === null) {
    throw new IsopodError('INVALID_OPTION', `Limits are an object; got ${String(limits)}.`)
  }
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) {
      throw new IsopodError(
        'INVALID_OPTION',
        `"${name}" is no limit; there are ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      )
    }
    const [min, max] = limitRange(name as keyof Limits)
    if (typeof value === 'number' && value >= min && value <= max) continue
    throw new IsopodError(
      'INVALID_OPTION',
      `The limit "${name}" must be a number from ${min} to ${max}; got ${String(value)}.`,
    )
  }
}
