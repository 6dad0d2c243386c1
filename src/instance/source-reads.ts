// Reads of bodies the host holds: whole, as text or bytes, or chunk by chunk.
import type { Crossing } from '../bridge/entries.ts'
import { OP, type OpCode } from '../bridge/ops.ts'
import { collectBytes, collectText } from '../ops/collect-body.ts'
import type { ByteSource } from '../task.ts'
import type { CallTarget } from './call-target.ts'
import type { OpTable } from './op-table.ts'
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
  read(source, op, run).then(
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
async function read(source: ByteSource, op: OpCode, run: TaskRun): Promise<Crossing> {
  const limit = run.prepared.limits.heapMb * 1024 * 1024
  if (op === OP.readText) return collectText(source, limit)
  if (op === OP.readBytes) return (await collectBytes(source, limit)).buffer
  const chunk = await source.read()
  // The chunk may be a view of a pooled buffer, of which only its own bytes may cross.
  return chunk === undefined ? undefined : new Uint8Array(chunk).buffer
}

export function cancelSource(ops: OpTable, id: number, reason: string): void {
  ops.takeSource(id)?.cancel(reason.slice(0, 256))
}
