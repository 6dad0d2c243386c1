// WebAssembly memories: none is shared, and those a worker makes are bounded. Shared memory with a second thread is a clock
// fine enough to read other tenants' memory by, and a SharedArrayBuffer leads back to its constructor.
//
// Not bounded here, since nothing of it can be seen from outside: memories that a module defines for itself, and what
// `memory.grow` inside a module adds. `--wasm-max-mem-pages` bounds each of them, the watchdog what the process gains.
import {
  ArrayBufferPrototypeGetByteLength,
  MathTrunc,
  NumberConstructor,
  ObjectDefineProperty,
  ProxyConstructor,
  RangeErrorConstructor,
  ReflectConstruct,
  TypeErrorConstructor,
  uncurryGetter,
  uncurryThis,
} from '../primordials.ts'
import { isObject } from '../webidl/sequence.ts'
import { replaceConstructor } from './replace-constructor.ts'
import { TrackedMemory } from './tracked-memory.ts'

const PAGE_BYTES = 64 * 1024
const MAX = { objects: 32, bytes: 256 * 1024 * 1024 } as const

const { Memory } = WebAssembly
const { prototype } = Memory
const bufferOf = uncurryGetter<ArrayBuffer>(prototype, 'buffer')
const grow = uncurryThis(prototype.grow)

const bytesOf = (memory: object): number => ArrayBufferPrototypeGetByteLength(bufferOf(memory))
// Even an empty one reserves address space.
const tracked = new TrackedMemory<object>((memory) => bytesOf(memory) + 1)

function assertRoom(bytes: number, objects: 0 | 1 = 1): void {
  if (tracked.hasRoom(bytes, { objects: MAX.objects + 1 - objects, bytes: MAX.bytes })) return
  throw new RangeErrorConstructor(
    `Memory limit: a worker may have ${MAX.objects} WebAssembly memories of ${MAX.bytes / 1024 / 1024} MiB together. Keep fewer, or smaller ones.`,
  )
}

function makeMemory(args: readonly unknown[], newTarget: new (...args: unknown[]) => object): object {
  const given = args[0]
  if (!isObject(given)) return ReflectConstruct(Memory, [given], newTarget)
  const memory = ReflectConstruct(Memory, [unshared(given)], newTarget) as object
  // Its pages take room only once they are written to.
  const bytes = bytesOf(memory)
  assertRoom(bytes)
  tracked.add(memory, bytes + 1)
  return memory
}

/** The same descriptor, read when V8 reads it: a getter could say one thing to us and another to V8. */
function unshared(given: object): object {
  const get = (_target: object, key: string): unknown => {
    const value: unknown = (given as Record<string, unknown>)[key]
    if (key !== 'shared') return value
    if (value) throw new TypeErrorConstructor('Shared WebAssembly memory is not available.')
    return false
  }
  return new ProxyConstructor({}, { __proto__: null, get } as ProxyHandler<object>)
}

export function boundWasmMemories(): void {
  replaceConstructor(WebAssembly, 'Memory', makeMemory)
  const members = {
    get buffer(): ArrayBuffer {
      const buffer = bufferOf(this)
      try {
        ArrayBufferPrototypeGetByteLength(buffer)
      } catch {
        throw new TypeErrorConstructor('Shared WebAssembly memory is not available.')
      }
      return buffer
    },
    grow(delta: unknown): number {
      // Throws for what is no memory, before anything is made of the argument.
      bufferOf(this)
      const pages = typeof delta === 'bigint' ? delta : MathTrunc(NumberConstructor(delta))
      const bytes = NumberConstructor(pages) * PAGE_BYTES
      // Beyond 32 bits, V8 says what is wrong.
      if (bytes > 0 && bytes < 2 ** 32 * PAGE_BYTES) assertRoom(bytes, 0)
      const before = grow(this, pages as number)
      tracked.grew(bytes)
      return before
    },
  }
  ObjectDefineProperty(prototype, 'buffer', Object.getOwnPropertyDescriptor(members, 'buffer') as PropertyDescriptor)
  ObjectDefineProperty(prototype, 'grow', { value: members.grow })
}
