// The worker that is loaded into Isopod: each execute task runs one test file in a fresh isolate (mode `worker`).
import { runTest, type TestInput, type TestReport } from './run-test.ts'

// oxlint-disable-next-line import/no-default-export -- the shape of a worker
export default {
  execute: (input: TestInput): Promise<TestReport> => runTest(input),
}
