// Streams that say beforehand how many bytes they will have. A response with such a body can announce its length.
import { WeakMapConstructor, WeakMapPrototypeGet, WeakMapPrototypeSet } from '../primordials.ts'

const lengths = new WeakMapConstructor<object, number>()

export function setStreamLength(stream: object, bytes: number): void {
  WeakMapPrototypeSet(lengths, stream, bytes)
}

export function streamLength(stream: object): number | undefined {
  return WeakMapPrototypeGet(lengths, stream)
}
