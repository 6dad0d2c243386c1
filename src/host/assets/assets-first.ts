// The static files of a version in front of its worker: a destination like any other, so that no door knows of them. What
// it answers starts no instance and is no task of the worker's: it has no usage, earns no trust and is not observed.
import { ASSETS_ONLY_BUNDLE } from '../../assets-only.ts'
import type { Assets } from '../../assets.ts'
import { IsopodError } from '../../errors.ts'
import type { TaskCaller } from '../../instance/task-run.ts'
import type { ByteSource, Task, TaskResult } from '../../task.ts'
import type { Version } from '../../version.ts'
import { type Destination, OVER, refusal, type SubmittedTask, UNUSED } from '../destination.ts'
import { answerAlone, type AssetAnswer, answerFirst } from './asset-answer.ts'
import { openContent, type PieceSource } from './asset-body.ts'

export class AssetsFirst implements Destination {
  readonly #version: Version
  readonly #answer: (request: Extract<Task, { type: 'fetch' }>['request']) => AssetAnswer | undefined
  readonly #pieces: PieceSource
  readonly #worker: Destination

  /** @param worker - gets what the files have no answer for */
  constructor(version: Version & { readonly assets: Assets }, pieces: PieceSource, worker: Destination) {
    const { assets, bundle } = version
    const isAlone = bundle.script === ASSETS_ONLY_BUNDLE.script
    this.#version = version
    this.#answer = (request) => (isAlone ? answerAlone(assets, request) : answerFirst(assets, request))
    this.#pieces = pieces
    this.#worker = worker
  }

  get requestBodyBytes(): number | undefined {
    return this.#worker.requestBodyBytes
  }

  get wallMs(): number | undefined {
    return this.#worker.wallMs
  }

  submit(task: Task, caller: TaskCaller, acceptedMs?: number): SubmittedTask {
    const answer = task.type === 'fetch' ? this.#answer(task.request) : undefined
    if (task.type !== 'fetch' || answer === undefined) return this.#worker.submit(task, caller, acceptedMs)
    dropBody(task.request.body)
    const { content, response } = answer
    const body = content === undefined ? NO_BODY : openContent(this.#pieces, this.#version, content)
    if (!(body instanceof Promise)) {
      caller.settled(answered(response, body))
      return OVER
    }
    return new PendingAnswer(caller, response, body)
  }
}

/** The caller may go away before the content has come. */
class PendingAnswer implements SubmittedTask {
  readonly #caller: TaskCaller
  #isOver = false

  constructor(caller: TaskCaller, response: AssetAnswer['response'], body: Promise<Uint8Array | ByteSource>) {
    this.#caller = caller
    body.then(
      (content) => this.#settle(answered(response, content)),
      (error: unknown) => this.#settle(unavailable(error)),
    )
  }

  get isOver(): boolean {
    return this.#isOver
  }

  abandon(): void {
    this.#settle(refusal({ outcome: 'canceled', code: 'TASK_CANCELED', message: 'The caller went away.' }))
  }

  #settle(result: TaskResult): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#caller.settled(result)
  }
}

/** An answer to HEAD tells the length of a body that it has not. */
const NO_BODY: ByteSource = Object.freeze({ read: () => Promise.resolve(undefined), cancel: () => undefined })

function answered(response: AssetAnswer['response'], body: Uint8Array | ByteSource): TaskResult {
  return { outcome: 'ok', response, body, usage: UNUSED, logs: [] }
}

function unavailable(error: unknown): TaskResult {
  const code = error instanceof IsopodError ? error.code : 'VERSION_UNAVAILABLE'
  const message = error instanceof Error ? error.message : String(error)
  return refusal({ outcome: 'loadShed', code, message })
}

function dropBody(body: string | Uint8Array | ByteSource | undefined): void {
  if (typeof body === 'object' && 'read' in body) body.cancel('the request was answered without its body')
}
