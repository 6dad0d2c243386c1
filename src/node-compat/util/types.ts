// `util.types`: what an object is inside, whatever its prototype says. Probing for internal slots means calling something
// that throws where there are none.

type Is = (value: unknown) => boolean

function getter(prototype: object, key: PropertyKey): (object: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get as () => unknown
  return (object) => Reflect.apply(get, object, [])
}

function method(prototype: object, key: PropertyKey, ...args: unknown[]): (object: unknown) => unknown {
  const fn = (prototype as Record<PropertyKey, () => unknown>)[key] as () => unknown
  return (object) => Reflect.apply(fn, object, args)
}

function probing(probe: (object: unknown) => unknown): Is {
  return (value) => {
    if (value === null || typeof value !== 'object') return false
    try {
      probe(value)
      return true
    } catch {
      return false
    }
  }
}

const arrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag)
const isNamed =
  (name: string): Is =>
  (value) =>
    arrayTag(value) === name

const tagOf = (value: unknown): string => Object.prototype.toString.call(value)

/** No slot of theirs can be asked for without running them: their prototypes tell. */
function inherits(prototype: unknown): Is {
  return (value) =>
    typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(prototype as object, value)
}

const GeneratorPrototype: unknown = Object.getPrototypeOf((function* empty() {})()).constructor.prototype
const functionTag = (value: unknown, ...tags: string[]): boolean =>
  typeof value === 'function' && tags.includes(tagOf(value))

export const isArrayBuffer: Is = probing(getter(ArrayBuffer.prototype, 'byteLength'))
export const isAnyArrayBuffer: Is = (value) => isArrayBuffer(value)
/** There is no shared memory. */
export const isSharedArrayBuffer: Is = () => false
export const isArrayBufferView: Is = (value) => ArrayBuffer.isView(value)
export const isTypedArray: Is = (value) => arrayTag(value) !== undefined
export const isDataView: Is = (value) => ArrayBuffer.isView(value) && !isTypedArray(value)
export const isUint8Array: Is = isNamed('Uint8Array')
export const isUint8ClampedArray: Is = isNamed('Uint8ClampedArray')
export const isUint16Array: Is = isNamed('Uint16Array')
export const isUint32Array: Is = isNamed('Uint32Array')
export const isInt8Array: Is = isNamed('Int8Array')
export const isInt16Array: Is = isNamed('Int16Array')
export const isInt32Array: Is = isNamed('Int32Array')
export const isFloat32Array: Is = isNamed('Float32Array')
export const isFloat64Array: Is = isNamed('Float64Array')
export const isBigInt64Array: Is = isNamed('BigInt64Array')
export const isBigUint64Array: Is = isNamed('BigUint64Array')
export const isDate: Is = probing(method(Date.prototype, 'getTime'))
export const isRegExp: Is = probing((value) => {
  if (value === RegExp.prototype) throw new TypeError('no expression')
  return getter(RegExp.prototype, 'source')(value)
})
export const isMap: Is = probing(getter(Map.prototype, 'size'))
export const isSet: Is = probing(getter(Set.prototype, 'size'))
export const isWeakMap: Is = probing(method(WeakMap.prototype, 'has', {}))
export const isWeakSet: Is = probing(method(WeakSet.prototype, 'has', {}))
export const isPromise: Is = (value) => value instanceof Promise
export const isNativeError: Is = (value) => value instanceof Error && tagOf(value) === '[object Error]'
export const isNumberObject: Is = probing(method(Number.prototype, 'valueOf'))
export const isStringObject: Is = probing(method(String.prototype, 'valueOf'))
export const isBooleanObject: Is = probing(method(Boolean.prototype, 'valueOf'))
export const isBigIntObject: Is = probing(method(BigInt.prototype, 'valueOf'))
export const isSymbolObject: Is = probing(method(Symbol.prototype, 'valueOf'))
export const isBoxedPrimitive: Is = (value) =>
  [isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject].some((is) => is(value))
export const isAsyncFunction: Is = (value) =>
  functionTag(value, '[object AsyncFunction]', '[object AsyncGeneratorFunction]')
export const isGeneratorFunction: Is = (value) =>
  functionTag(value, '[object GeneratorFunction]', '[object AsyncGeneratorFunction]')
export const isGeneratorObject: Is = inherits(GeneratorPrototype)
export const isMapIterator: Is = inherits(Object.getPrototypeOf(new Map().values()))
export const isSetIterator: Is = inherits(Object.getPrototypeOf(new Set().values()))
export const isArgumentsObject: Is = (value) => tagOf(value) === '[object Arguments]'
export const isModuleNamespaceObject: Is = (value) => tagOf(value) === '[object Module]'
