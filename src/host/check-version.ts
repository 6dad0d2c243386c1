// Is this a version? The last check before a bundle meets an isolate; what the bundler made always passes.
import { IsopodError } from '../errors.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { MODES, type Version } from '../version.ts'
import { assertName } from './registry.ts'

/** @throws IsopodError `INVALID_WORKER_ID`, `INVALID_BUNDLE`, `INVALID_OPTION` */
export function assertVersion(version: Version): void {
  assertName(version.worker, 'worker')
  assertName(version.tenant, 'tenant')
  if (typeof version.id !== 'string' || version.id === '') {
    throw new IsopodError('INVALID_OPTION', 'A version needs an id: a string that is not empty.')
  }
  const { bundle, limits, mode } = version
  if (typeof bundle?.script !== 'string' || !bundle.script.startsWith('__isopod__(')) {
    throw new IsopodError(
      'INVALID_BUNDLE',
      'The bundle has no script in the form that bundleProject and bundleSource make.',
    )
  }
  for (const [name, part] of Object.entries(bundle.parts ?? {})) {
    const content = part.type === 'text' ? part.text : part.bytes
    if (typeof content === 'string' || content instanceof Uint8Array) continue
    throw new IsopodError('INVALID_BUNDLE', `The part "${name}" of the bundle has no content.`)
  }
  if (mode !== undefined && !MODES.includes(mode)) {
    throw new IsopodError('INVALID_OPTION', `"${String(mode)}" is no mode; there are ${MODES.join(', ')}.`)
  }
  if (limits !== undefined) assertLimits(limits)
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertLimits(limits: Partial<Limits>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in DEFAULT_LIMITS)) {
      throw new IsopodError(
        'INVALID_OPTION',
        `"${name}" is no limit; there are ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      )
    }
    const [min, max] =
      name === 'heapMb' ? [8, 4096] : name.endsWith('Ms') ? [1, 2 ** 31 - 1] : [0, Number.MAX_SAFE_INTEGER]
    if (typeof value === 'number' && value >= min && value <= max) continue
    throw new IsopodError(
      'INVALID_OPTION',
      `The limit "${name}" must be a number from ${min} to ${max}; got ${String(value)}.`,
    )
  }
}
