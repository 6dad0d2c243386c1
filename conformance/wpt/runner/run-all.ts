// Runs every file in every runtime, a few at a time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isExcludedSubtest } from '../excluded.ts'
import type { TestInput, TestReport } from '../realm/run-test.ts'
import { sourceOf, type TestFile } from './checkout.ts'
import type { RuntimeUnderTest } from './runtime-under-test.ts'
import type { TestServer } from './wptserve.ts'

/** What browsers are given; an endless body must not keep the run for a minute. */
const TIMEOUT_MS = { normal: 10_000, long: 60_000 }

export interface FileResult {
  readonly file: TestFile
  /** One for each runtime, in their order. */
  readonly reports: readonly TestReport[]
}

export interface RunOptions {
  readonly checkout: string
  readonly server: TestServer
  readonly runtimes: readonly RuntimeUnderTest[]
  /** Files under way at once. */
  readonly jobs: number
  /** Hears of each file. */
  readonly finished: (result: FileResult) => void
}

export async function runAll(files: readonly TestFile[], options: RunOptions): Promise<readonly FileResult[]> {
  const { checkout, finished, jobs, runtimes, server } = options
  const harness = readFileSync(join(checkout, 'resources', 'testharness.js'), 'utf8')
  const results: FileResult[] = Array.from({ length: files.length })
  let next = 0
  const inputOf = async (file: TestFile): Promise<TestInput> => ({
    url: `${server.origin}/${file.path.replace(/\.js$/, '.html')}${file.variant}`,
    harness,
    source: await sourceOf(file, checkout, server.text),
    timeoutMs: file.isLong ? TIMEOUT_MS.long : TIMEOUT_MS.normal,
    isIdlTest: file.scripts.includes('resources/idlharness.js'),
  })
  const report = async (runtime: RuntimeUnderTest, file: TestFile): Promise<TestReport> => {
    try {
      return withoutExcluded(await runtime.run({ path: file.path, input: await inputOf(file) }))
    } catch (error) {
      // A script that the checkout does not have, a worker that cannot be loaded: no reason to lose all the others.
      return { subtests: [], error: `could not be run: ${String(error)}` }
    }
  }
  const work = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index] as TestFile
      const reports: TestReport[] = []
      for (const runtime of runtimes) reports.push(await report(runtime, file))
      const result = { file, reports }
      results[index] = result
      finished(result)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return results
}

function withoutExcluded(report: TestReport): TestReport {
  return { ...report, subtests: report.subtests.filter(({ name }) => !isExcludedSubtest(name)) }
}
