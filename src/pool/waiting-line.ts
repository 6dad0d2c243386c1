// Runs that wait for an instance, in order. A run that waits too long, or whose caller leaves, gives up its place.
import { wallLimitError } from '../instance/limit-errors.ts'
import type { RunHolder, TaskRun } from '../instance/task-run.ts'

export class WaitingLine implements RunHolder {
  readonly #runs = new Set<TaskRun>()

  get length(): number {
    return this.#runs.size
  }

  add(run: TaskRun): void {
    run.holder = this
    if (!run.hasDeadline) run.setDeadline(run.prepared.limits.wallMs)
    this.#runs.add(run)
  }

  /** The run that came first. Until it is started the line goes on answering for it. */
  shift(): TaskRun | undefined {
    for (const run of this.#runs) {
      this.#runs.delete(run)
      return run
    }
    return undefined
  }

  /** In order, as of now. */
  runs(): TaskRun[] {
    return [...this.#runs]
  }

  /** Whether it was there. */
  remove(run: TaskRun): boolean {
    return this.#runs.delete(run)
  }

  /** Those that match, in order; all of them unless told. */
  takeAll(matches: (run: TaskRun) => boolean = () => true): TaskRun[] {
    const taken = [...this.#runs].filter(matches)
    for (const run of taken) this.#runs.delete(run)
    return taken
  }

  expire(run: TaskRun): void {
    this.#runs.delete(run)
    run.queueMs = performance.now() - run.acceptedMs
    run.fail('exceededWallTime', wallLimitError(run))
    run.end()
  }

  abandon(run: TaskRun): void {
    this.#runs.delete(run)
    run.fail('canceled', { code: 'TASK_CANCELED', message: 'The caller went away before the task had started.' })
    run.end()
  }
}
