// Resizable ArrayBuffers are reserved at their largest size, and isolated-vm counts none of it: together they may reach
// as much as the isolate's heap. Buffers of fixed length are counted, and not touched here.
import {
  ArrayBufferConstructor,
  ArrayBufferPrototype,
  ArrayBufferPrototypeGetDetached,
  ArrayBufferPrototypeGetMaxByteLength,
  ArrayBufferPrototypeGetResizable,
  ArrayBufferPrototypeTransfer,
  NumberConstructor,
  ObjectDefineProperty,
  RangeErrorConstructor,
  ReflectConstruct,
} from '../primordials.ts'
import { isObject } from '../webidl/sequence.ts'
import { heapLimitMb } from './heap-limit.ts'
import { replaceConstructor } from './replace-constructor.ts'
import { TrackedMemory } from './tracked-memory.ts'

const MAX_BUFFERS = 1024

const tracked = new TrackedMemory<ArrayBuffer>((buffer) =>
  // Even an empty one is an object that counts.
  ArrayBufferPrototypeGetDetached(buffer) ? 0 : ArrayBufferPrototypeGetMaxByteLength(buffer) + 1,
)

const bounds = (): { objects: number; bytes: number } => ({
  objects: MAX_BUFFERS,
  bytes: heapLimitMb * 1024 * 1024,
})

/** @throws RangeError where they would reach too much together */
export function makeResizableBuffer(
  args: readonly [byteLength: unknown, maxByteLength: number],
  newTarget: new (...args: unknown[]) => object,
): ArrayBuffer {
  const [byteLength, maxByteLength] = [args[0], args[1]]
  if (!tracked.hasRoom(maxByteLength, bounds())) {
    throw new RangeErrorConstructor(
      `Memory limit: an isolate may have ${MAX_BUFFERS} resizable ArrayBuffers that together reach its ${heapLimitMb} MiB; this one may reach ${maxByteLength} bytes more. Give it a smaller maxByteLength, or raise the limit "heapMb".`,
    )
  }
  const options = { __proto__: null, maxByteLength }
  const buffer = ReflectConstruct(ArrayBufferConstructor, [byteLength, options], newTarget) as ArrayBuffer
  tracked.add(buffer, maxByteLength + 1)
  return buffer
}

/** `buffer.transfer(…)`. */
export function transferBuffer(buffer: ArrayBuffer, newByteLength?: unknown): ArrayBuffer {
  const result = ArrayBufferPrototypeTransfer(buffer, newByteLength as number | undefined)
  // What was counted for the one is counted for the other.
  if (ArrayBufferPrototypeGetResizable(result)) {
    tracked.hasRoom(0, bounds())
    tracked.add(result, 0)
  }
  return result
}

export function boundResizableBuffers(scope: object): void {
  replaceConstructor(scope, 'ArrayBuffer', (args, newTarget) => {
    const options = args[1]
    const max = isObject(options) ? (options as { maxByteLength?: unknown }).maxByteLength : undefined
    if (max === undefined) return ReflectConstruct(ArrayBufferConstructor, [args[0]], newTarget)
    return makeResizableBuffer([args[0], NumberConstructor(max)], newTarget)
  })
  const { transfer } = {
    transfer(this: ArrayBuffer, newByteLength?: unknown): ArrayBuffer {
      return transferBuffer(this, newByteLength)
    },
  }
  ObjectDefineProperty(transfer, 'length', { value: 0 })
  ObjectDefineProperty(ArrayBufferPrototype, 'transfer', { value: transfer })
}
