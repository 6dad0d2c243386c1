// What runs test files: Isopod, or a runtime it is compared with.
import type { TestInput, TestReport } from '../realm/run-test.ts'

export interface TestRun {
  /** The file's path in the checkout. */
  readonly path: string
  readonly input: TestInput
}

export interface RuntimeUnderTest extends AsyncDisposable {
  /** With its version, as the table shows it. */
  readonly name: string
  /** Never rejects for what a test does: a run that broke off is a report with an error. */
  run(test: TestRun): Promise<TestReport>
}
