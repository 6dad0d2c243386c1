// Compares what a file's subtests did with what is expected of them.
import type { Expectation } from '../expectation.ts'
import { HARNESS } from '../expectation.ts'
import type { Subtest, TestReport } from '../realm/run-test.ts'

export interface Verdict {
  /** Fail, and are not listed. */
  readonly failures: readonly Subtest[]
  /** Listed, and pass. */
  readonly passes: readonly string[]
  /** Listed, and did not occur. */
  readonly missing: readonly string[]
}

/** @param reports - of all variants of one file */
export function judge(reports: readonly TestReport[], expectations: readonly Expectation[]): Verdict {
  const subtests = reports.flatMap(withHarness)
  const failures = subtests.filter(({ name, passed }) => !passed && !expectations.some((each) => covers(each, name)))
  const passes: string[] = []
  const missing: string[] = []
  for (const { fails } of expectations) {
    for (const entry of fails === 'all' ? [/[^]*/] : fails) {
      const those = subtests.filter(({ name }) => matches(entry, name) && (fails !== 'all' || name !== HARNESS))
      passes.push(...those.filter(({ passed }) => passed).map(({ name }) => name))
      if (those.length === 0 && fails !== 'all') missing.push(String(entry))
    }
  }
  return { failures, passes: [...new Set(passes)], missing }
}

function withHarness({ error, subtests }: TestReport): readonly Subtest[] {
  return error === undefined ? subtests : [{ name: HARNESS, passed: false, message: error }, ...subtests]
}

function covers({ fails }: Expectation, name: string): boolean {
  return fails === 'all' || fails.some((entry) => matches(entry, name))
}

function matches(entry: string | RegExp, name: string): boolean {
  return typeof entry === 'string' ? entry === name : entry.test(name)
}
