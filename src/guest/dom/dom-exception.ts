// https://webidl.spec.whatwg.org/#idl-DOMException
import {
  ErrorCaptureStackTrace,
  ErrorConstructor,
  NumberIsFinite,
  ObjectDefineProperty,
  ObjectSetPrototypeOf,
  RangeErrorConstructor,
  ReflectDeleteProperty,
  TypeErrorConstructor,
} from '../primordials.ts'
import { toDictionary, toDOMString } from '../webidl/convert.ts'
import { Identity } from '../webidl/identity.ts'
import { defineConstants, defineInterface } from '../webidl/interface.ts'

/** The constants in the order of their codes, from 1, and the names that have them; some are long gone. */
const CONSTANTS: readonly (readonly [constant: string, name: string | undefined])[] = [
  ['INDEX_SIZE_ERR', 'IndexSizeError'],
  ['DOMSTRING_SIZE_ERR', undefined],
  ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError'],
  ['WRONG_DOCUMENT_ERR', 'WrongDocumentError'],
  ['INVALID_CHARACTER_ERR', 'InvalidCharacterError'],
  ['NO_DATA_ALLOWED_ERR', undefined],
  ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError'],
  ['NOT_FOUND_ERR', 'NotFoundError'],
  ['NOT_SUPPORTED_ERR', 'NotSupportedError'],
  ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError'],
  ['INVALID_STATE_ERR', 'InvalidStateError'],
  ['SYNTAX_ERR', 'SyntaxError'],
  ['INVALID_MODIFICATION_ERR', 'InvalidModificationError'],
  ['NAMESPACE_ERR', 'NamespaceError'],
  ['INVALID_ACCESS_ERR', 'InvalidAccessError'],
  ['VALIDATION_ERR', undefined],
  ['TYPE_MISMATCH_ERR', 'TypeMismatchError'],
  ['SECURITY_ERR', 'SecurityError'],
  ['NETWORK_ERR', 'NetworkError'],
  ['ABORT_ERR', 'AbortError'],
  ['URL_MISMATCH_ERR', 'URLMismatchError'],
  ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError'],
  ['TIMEOUT_ERR', 'TimeoutError'],
  ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError'],
  ['DATA_CLONE_ERR', 'DataCloneError'],
]

interface Details {
  readonly message: string
  readonly name: string
}

/** Puts the details on a native error, where nothing but this file can see or forge them. */
class Branded extends Identity {
  readonly #details: Details

  constructor(error: Error, details: Details) {
    super(error)
    this.#details = details
  }

  static detailsOf(value: unknown): Details {
    return (value as Branded).#details
  }

  static is(value: object): boolean {
    return #details in value
  }
}

export class DOMException {
  constructor(message: string = '', name: string = 'Error') {
    const details = { message: toDOMString(message), name: toDOMString(name) }
    // A native error, so that engines and tools know it for one.
    const error = new ErrorConstructor(details.message)
    // The first line of a stack is made of own properties, at the time it is captured.
    ObjectDefineProperty(error, 'name', { value: details.name, configurable: true })
    ErrorCaptureStackTrace(error, new.target)
    ReflectDeleteProperty(error, 'name')
    ReflectDeleteProperty(error, 'message')
    ObjectSetPrototypeOf(error, new.target.prototype as object)
    // oxlint-disable-next-line no-constructor-return -- a class that extended Error would have another prototype chain
    return new Branded(error, details) as unknown as DOMException
  }

  get name(): string {
    return Branded.detailsOf(this).name
  }

  get message(): string {
    return Branded.detailsOf(this).message
  }

  get code(): number {
    return codes[Branded.detailsOf(this).name] ?? 0
  }
}

export class QuotaExceededError extends DOMException {
  readonly #quota: number | null
  readonly #requested: number | null

  constructor(message: string = '', options: { quota?: number; requested?: number } = {}) {
    super(message, 'QuotaExceededError')
    const { quota, requested } = toDictionary(options, 'The options of QuotaExceededError')
    this.#quota = toAmount(quota, 'quota')
    this.#requested = toAmount(requested, 'requested')
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
      throw new RangeErrorConstructor('requested must not be less than quota.')
    }
  }

  get quota(): number | null {
    return this.#quota
  }

  get requested(): number | null {
    return this.#requested
  }

  static detailsOf(value: object): { quota?: number; requested?: number } | undefined {
    if (!(#quota in value)) return undefined
    const quota = value.#quota
    const requested = value.#requested
    return { ...(quota === null ? {} : { quota }), ...(requested === null ? {} : { requested }) }
  }
}

/** The options to make another of; undefined for what is no QuotaExceededError. */
export const { detailsOf: quotaDetails } = QuotaExceededError
ReflectDeleteProperty(QuotaExceededError, 'detailsOf')

const codes = { __proto__: null } as unknown as Record<string, number | undefined>
const constants: Record<string, number> = {}
for (let i = 0; i < CONSTANTS.length; i++) {
  const [constant, name] = CONSTANTS[i] as (typeof CONSTANTS)[number]
  constants[constant] = i + 1
  if (name !== undefined) codes[name] = i + 1
}
defineConstants(DOMException, constants)
defineInterface(DOMException, 'DOMException', { constructor: 0 })
ObjectSetPrototypeOf(DOMException.prototype, ErrorConstructor.prototype)
defineInterface(QuotaExceededError, 'QuotaExceededError', { constructor: 0 })

export function isDOMException(value: object): value is DOMException {
  return Branded.is(value)
}

function toAmount(value: unknown, what: string): number | null {
  if (value === undefined) return null
  const amount = +(value as number)
  if (!NumberIsFinite(amount)) throw new TypeErrorConstructor(`${what} must be a finite number.`)
  if (amount < 0) throw new RangeErrorConstructor(`${what} must not be negative.`)
  return amount
}
