// A task that is finished before its entry's own code returns gives its answer as the return value. isolated-vm throws
// the first unhandled rejection of an entry in place of that value, so the answer is kept until the next one, and the
// host asks again.
import { OP, RESPONSE } from '../../bridge/ops.ts'
import { packReturned, type ReturnedAnswer } from '../../bridge/returned-answer.ts'
import { hostCall } from '../runtime/host.ts'

/** The task whose entry is running its own code; continuations come later and find none. */
let returningTask = 0
let answer: ReturnedAnswer | undefined
let answeredTask = 0

/** Runs the start of a task; the answer it gives meanwhile, if it is the last word on the task. */
export function returningAnswer(task: number, start: () => void): string | undefined {
  returningTask = task
  answer = undefined
  try {
    start()
  } finally {
    returningTask = 0
  }
  return answer === undefined ? undefined : packReturned(answer)
}

/** Takes the final answer of a task if its entry can still return it. */
export function tryReturn(task: number, final: ReturnedAnswer): boolean {
  if (task !== returningTask) return false
  answer = final
  answeredTask = task
  return true
}

export function repeatReturned(task: number): void {
  if (answer === undefined || answeredTask !== task) return
  hostCall(OP.respond, task, answer.status, answer.headers, answer.body, RESPONSE.final)
}
