// A real runtime with workers given as source text.
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { Runtime } from '../../src/host/runtime.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import type { FetchRequest, TaskRecord, TaskResult } from '../../src/task.ts'
import type { VersionInit } from '../../src/host/runtime.ts'

export interface TestRuntime extends AsyncDisposable {
  readonly runtime: Runtime
  /** Final records of tasks, in the order they ended. */
  readonly records: TaskRecord[]
  /** Loads, or replaces, a worker. */
  load(worker: string, code: string, settings?: Partial<VersionInit>): Promise<void>
  fetch(worker: string, path?: string, request?: Partial<FetchRequest>): Promise<FetchAnswer>
}

export interface FetchAnswer extends TaskResult {
  /** The body, read to its end. */
  readonly text: string
  /** The same as it came, such as compressed. */
  readonly bytes: Buffer
}

export function startRuntime(options: RuntimeOptions = {}): TestRuntime {
  const records: TaskRecord[] = []
  const runtime = new Runtime({
    reserveSize: 0,
    ...options,
    observer: {
      ...options.observer,
      taskEnded(record) {
        records.push(record)
        options.observer?.taskEnded?.(record)
      },
    },
  })
  return {
    runtime,
    records,
    load: (worker, code, settings = {}) => runtime.load({ worker, bundle: bundleSource(code), ...settings }),
    async fetch(worker, path = '/', request = {}) {
      const result = await runtime.dispatch(worker, {
        type: 'fetch',
        request: { method: 'GET', url: `http://${worker}.localhost${path}`, headers: [], ...request },
      })
      const bytes = await readBytes(result.body)
      return { ...result, bytes, text: bytes.toString() }
    },
    [Symbol.asyncDispose]: () => runtime.close(),
  }
}

export async function readText(body: TaskResult['body']): Promise<string> {
  return (await readBytes(body)).toString()
}

async function readBytes(body: TaskResult['body']): Promise<Buffer> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body ?? '')
  const chunks: Uint8Array[] = []
  for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) chunks.push(chunk)
  return Buffer.concat(chunks)
}
