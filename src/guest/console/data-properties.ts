// Reading objects without running anything of theirs: descriptors, never getters. (A proxy's traps run all the same;
// who inspects is prepared for exceptions.)
import { ObjectGetOwnPropertyDescriptor, ObjectGetPrototypeOf, SymbolToStringTag } from '../primordials.ts'

const MAX_CHAIN = 50

/** The value of a property of the object or of what it inherits from; undefined where it is an accessor. */
export function dataValue(object: object, key: PropertyKey): unknown {
  let holder: object | null = object
  for (let step = 0; holder !== null && step < MAX_CHAIN; step++) {
    const descriptor = ObjectGetOwnPropertyDescriptor(holder, key)
    if (descriptor !== undefined) return descriptor.value
    holder = ObjectGetPrototypeOf(holder) as object | null
  }
  return undefined
}

export function dataText(object: object, key: PropertyKey): string {
  const value = dataValue(object, key)
  return typeof value === 'string' ? value : ''
}

/** The name of the class an object is of; undefined for one without a prototype. */
export function classNameOf(object: object): string | undefined {
  const constructor = dataValue(object, 'constructor')
  const name = typeof constructor === 'function' ? dataText(constructor, 'name') : ''
  if (name !== '') return name
  return ObjectGetPrototypeOf(object) === null ? undefined : 'Object'
}

/** What comes before the bracket: class, size, tag. Nothing for plain objects and arrays. */
export function headOf(object: object, plainName: string, size?: number): string {
  const name = classNameOf(object)
  const count = size === undefined ? '' : `(${size})`
  const tag = dataText(object, SymbolToStringTag)
  const shownTag = tag === '' || tag === name ? '' : `[${tag}] `
  if (name === undefined) return `[${plainName}${count}: null prototype] ${shownTag}`
  if (name === plainName && shownTag === '' && (size === undefined || plainName === 'Array')) return ''
  return `${name}${count} ${shownTag}`
}
