// The compression streams of an instance's tasks. Each belongs to the task that opened it, and goes with it at the
// latest; their memory is outside of the isolate, and bounded by the same number.
import type { Crossing } from '../bridge/entries.ts'
import { SLICE_BYTES } from '../bridge/compression.ts'
import { OP, type OpCode } from '../bridge/ops.ts'
import { Codec, type Piece } from '../ops/compression/codec.ts'
import { CODEC_FORMATS, type CodecDirection, type CodecFormat, createCoder } from '../ops/compression/coders.ts'
import { WorkLine } from '../ops/compression/work-line.ts'
import type { CallTarget } from './call-target.ts'
import { workFor } from './host-work.ts'
import { failureText } from './op-failure.ts'
import type { TaskRun } from './task-run.ts'

interface HeldCodec {
  readonly run: TaskRun
  readonly codec: Codec
  readonly direction: CodecDirection
  readonly format: CodecFormat
}

/** What one holds outside of the isolate, in bytes; brotli's window may grow to 16 MB, and rarely does. */
const MEMORY_BYTES: Readonly<Record<CodecDirection, Readonly<Record<CodecFormat, number>>>> = {
  compress: { deflate: 400_000, 'deflate-raw': 400_000, gzip: 400_000, brotli: 4_000_000 },
  decompress: { deflate: 200_000, 'deflate-raw': 200_000, gzip: 200_000, brotli: 4_000_000 },
}
const MAX_PER_RUN = 64

/** Node has four threads for everybody; half of them are left to others. */
const line = new WorkLine(2)

export class Codecs {
  readonly #held = new Map<number, HeldCodec>()
  #bytes = 0

  get size(): number {
    return this.#held.size
  }

  /** Returns "name\nmessage" where it is refused. */
  open(run: TaskRun, id: number, { direction, format }: Pick<HeldCodec, 'direction' | 'format'>): string | undefined {
    if (this.#held.has(id)) return 'Error\nA compression stream has that number.'
    const maxBytes = run.prepared.limits.heapMb * 1024 * 1024
    const bytes = MEMORY_BYTES[direction][format]
    if (this.#bytes + bytes > maxBytes || this.#countOf(run) >= MAX_PER_RUN) {
      return `RangeError\nMemory limit: a task may have ${MAX_PER_RUN} compression streams under way, and all of an isolate may together hold its ${run.prepared.limits.heapMb} MiB. Finish or cancel some before starting more, or raise the limit "heapMb".`
    }
    const codec = new Codec(createCoder(direction, format), (usedUs) => run.charge(usedUs))
    this.#held.set(id, { run, codec, direction, format })
    this.#bytes += bytes
    return undefined
  }

  get(id: number): HeldCodec | undefined {
    return this.#held.get(id)
  }

  close(id: number): void {
    const held = this.#held.get(id)
    if (held === undefined) return
    this.#held.delete(id)
    this.#bytes -= MEMORY_BYTES[held.direction][held.format]
    held.codec[Symbol.dispose]()
  }

  endRun(run: TaskRun): void {
    for (const [id, held] of this.#held) if (held.run === run) this.close(id)
  }

  #countOf(run: TaskRun): number {
    let count = 0
    for (const held of this.#held.values()) if (held.run === run) count += 1
    return count
  }
}

export function openCodec(
  target: CallTarget,
  id: number,
  { direction, format }: { direction: Crossing; format: Crossing },
): string | undefined {
  const run = target.entered
  if (run === undefined || run.state === 'ended') return 'Error\nThe task that started this operation has ended.'
  const known = CODEC_FORMATS.find((name) => name === format)
  if (known === undefined) return 'TypeError\nUnknown compression format.'
  return target.codecs.open(run, id, { direction: direction === 1 ? 'decompress' : 'compress', format: known })
}

/** Starts one of the ops that give a piece of output. */
export function runCodec(
  target: CallTarget,
  run: TaskRun,
  { op, id, codec: number, input }: { op: OpCode; id: number; codec: number; input: Crossing },
): string | undefined {
  const held = target.codecs.get(number)
  if (held === undefined) return 'TypeError\nThe compression stream has ended, or its task has.'
  const bytes = input instanceof Uint8Array ? input : undefined
  if (op === OP.codecFeed && (bytes === undefined || bytes.byteLength > SLICE_BYTES)) {
    return 'TypeError\nA compression stream takes small slices.'
  }
  const { codec } = held
  target.ops.add(id, run, () => undefined)
  const work = (): Promise<Piece> => {
    if (bytes !== undefined) return codec.feed(bytes)
    return op === OP.codecFinish ? codec.finish() : codec.next()
  }
  line
    .run(target.codecs, () => workFor(target, run, work))
    .then(
      ({ bytes: output, failure }) => {
        if (failure !== undefined) target.codecs.close(number)
        const second = failure === undefined ? undefined : failureText(failure)
        target.deliver(id, { ok: true, first: output.buffer as ArrayBuffer, second })
      },
      (error: unknown) => {
        target.codecs.close(number)
        target.deliver(id, { ok: false, first: failureText(error) })
      },
    )
  return undefined
}
