// Isopod as the benchmarks use it: its public API, in this process.
import { setTimeout } from 'node:timers/promises'
import { Runtime } from '../../src/host/runtime.ts'
import { bundleSource, type RuntimeOptions, type TaskResult } from '../../src/index.ts'

const CACHES_READY_WITHIN_MS = 30_000

export interface BenchWorker {
  readonly worker: string
  readonly source: string
}

/** Hello workers `hello-0`, `hello-1`, … */
export function numbered(count: number, source: (number: number) => string): readonly BenchWorker[] {
  return Array.from({ length: count }, (_, number) => ({ worker: `hello-${number}`, source: source(number) }))
}

export async function loadWorkers(
  runtime: Runtime,
  workers: readonly BenchWorker[],
  { start }: { readonly start: 'now' | 'on-demand' },
): Promise<void> {
  for (const { worker, source } of workers) await runtime.load({ worker, bundle: bundleSource(source) }, { start })
}

export async function runtimeWith(
  workers: readonly BenchWorker[],
  options: RuntimeOptions & { readonly start?: 'now' | 'on-demand' } = {},
): Promise<Runtime> {
  const { start = 'now', ...runtimeOptions } = options
  const runtime = new Runtime(runtimeOptions)
  await loadWorkers(runtime, workers, { start })
  return runtime
}

/** Resolves when the code caches of these workers are made; none is made of a small script. */
export async function codeCachesReady(runtime: Runtime, workers: readonly BenchWorker[]): Promise<void> {
  const giveUpAt = performance.now() + CACHES_READY_WITHIN_MS
  for (const { worker } of workers) {
    while (runtime.versionOf(worker)?.codeCache === undefined) {
      if (performance.now() > giveUpAt) throw new Error(`no code cache of ${worker} was made`)
      await setTimeout(5)
    }
  }
}

/** Sends one request and makes sure that the worker answered it. */
export async function request(runtime: Runtime, worker: string, body?: string): Promise<TaskResult> {
  const method = body === undefined ? 'GET' : 'POST'
  const url = `http://${worker}.localhost/path`
  const result = await runtime.dispatch(worker, {
    type: 'fetch',
    request: { method, url, headers: [], ...(body === undefined ? {} : { body }) },
  })
  if (result.outcome !== 'ok' || result.response?.status !== 200) {
    throw new Error(`worker ${worker}: ${result.outcome} ${result.error?.message ?? result.response?.status}`)
  }
  return result
}
