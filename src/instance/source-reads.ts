// Reads of bodies the host holds: whole, as text or bytes, or chunk by chunk.
import type { Crossing } from '../bridge/entries.ts'
import { OP, type OpCode } from '../bridge/ops.ts'
import { collectChunks, decodeChunks, joinChunks } from '../ops/collect-body.ts'
import { freeChunks } from '../ops/free-bytes.ts'
import type { ByteSource } from '../task.ts'
import type { CallTarget } from './call-target.ts'
import type { OpTable } from './op-table.ts'
import { workFor } from './host-work.ts'
import { failureText } from './op-failure.ts'
import type { TaskRun } from './task-run.ts'

export function readSource(
  target: CallTarget,
  run: TaskRun,
  { op, id, source: number }: { op: OpCode; id: number; source: number },
): string | undefined {
  const source = op === OP.readChunk ? target.ops.source(number) : target.ops.takeSource(number)
  if (source === undefined) return 'TypeError\nThe body was already read, or its task has ended.'
  target.ops.add(id, run, () => source.cancel('the reader has gone'))
  read(target, run, { op, source }).then(
    (value) => {
      if (value === undefined) target.ops.takeSource(number)
      target.deliver(id, { ok: true, first: value })
    },
    (error: unknown) => {
      target.ops.takeSource(number)
      target.deliver(id, { ok: false, first: failureText(error) })
    },
  )
}

/** What is read whole has to fit into the isolate. */
async function read(
  target: CallTarget,
  run: TaskRun,
  { op, source }: { op: OpCode; source: ByteSource },
): Promise<Crossing> {
  const limit = run.prepared.limits.heapMb * 1024 * 1024
  if (op !== OP.readChunk) {
    const chunks = await collectChunks(source, limit)
    return workFor(target, run, () => {
      const whole = op === OP.readText ? decodeChunks(chunks) : joinChunks(chunks).buffer
      freeChunks(chunks, source)
      return whole
    })
  }
  let chunk = await source.read()
  // The guest's streams have no chunks without bytes.
  while (chunk?.byteLength === 0) chunk = await source.read()
  // The chunk may be a view of a pooled buffer, of which only its own bytes may cross.
  if (chunk === undefined) return undefined
  const bytes = chunk
  return workFor(target, run, () => {
    const { buffer } = new Uint8Array(bytes)
    freeChunks([bytes], source)
    return buffer
  })
}

export function cancelSource(ops: OpTable, id: number, reason: string): void {
  ops.takeSource(id)?.cancel(reason.slice(0, 256))
}
