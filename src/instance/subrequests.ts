// The fetches of an instance's tasks. Each counts against its task, and dies with it.
import type { Crossing } from '../bridge/entries.ts'
import { unpackError } from '../bridge/error-text.ts'
import { packFetchHead } from '../bridge/fetch-head.ts'
import { packHeaders, unpackHeaders } from '../bridge/header-text.ts'
import { IsopodError } from '../errors.ts'
import type { SubrequestInit } from '../ops/fetch.ts'
import type { CallTarget } from './guest-calls.ts'
import { failureText } from './op-failure.ts'
import { ResponseStream } from './response-stream.ts'
import type { TaskRun } from './task-run.ts'

/** Request bodies the guest streams out, by the number of their fetch. */
export class Subrequests {
  readonly bodies: Map<number, ResponseStream> = new Map()
  readonly #waiting = new Map<number, () => void>()

  /** Delivers op `id` once the body of `fetch` has room. */
  onDrained(target: CallTarget, run: TaskRun, { id, fetch }: { id: number; fetch: number }): undefined {
    const body = this.bodies.get(fetch)
    target.ops.add(id, run, () => this.#waiting.delete(fetch))
    const deliver = (): void => target.deliver(id, { ok: true })
    if (body === undefined || body.hasRoom) setImmediate(deliver)
    else this.#waiting.set(fetch, deliver)
  }

  open(fetch: number): ResponseStream {
    const wake = (): void => {
      this.#waiting.get(fetch)?.()
      this.#waiting.delete(fetch)
    }
    const body = new ResponseStream({ drained: wake, canceled: wake })
    this.bodies.set(fetch, body)
    return body
  }

  close(fetch: number): void {
    this.bodies.get(fetch)?.finish()
    this.bodies.delete(fetch)
    this.#waiting.delete(fetch)
  }
}

export function startSubrequest(
  target: CallTarget,
  run: TaskRun,
  { id, line, headers, body }: { id: number; line: string; headers: string; body: Crossing },
): string | undefined {
  const { limits } = run.prepared
  if (!countSubrequest(run)) return `Error\n${subrequestLimitText(run)}`
  const [method = 'GET', redirect = 'follow', url = ''] = line.split('\n')
  const init: SubrequestInit = {
    method,
    url,
    headers: unpackHeaders(headers),
    redirect: redirect as SubrequestInit['redirect'],
    ...requestBody(target, id, body),
  }
  const abort = new AbortController()
  target.ops.add(id, run, () => {
    abort.abort()
    target.subrequests.close(id)
  })
  const subrequestLimits = { maxBodyBytes: limits.subrequestBodyBytes, onRedirect: () => countSubrequest(run) }
  target.services.fetcher.start(init, subrequestLimits, abort.signal).then(
    (response) => {
      target.subrequests.close(id)
      if (!target.ops.has(id)) {
        response.body?.cancel('the task ended')
        return
      }
      const source = response.body === undefined ? 0 : target.ops.addSource(run, response.body)
      target.deliver(id, {
        ok: true,
        first: packFetchHead({ ...response, source }),
        second: packHeaders(response.headers),
      })
    },
    (error: unknown) => {
      target.subrequests.close(id)
      const overLimit = error instanceof IsopodError && error.code === 'SUBREQUEST_LIMIT'
      target.deliver(id, { ok: false, first: overLimit ? `Error\n${subrequestLimitText(run)}` : failureText(error) })
    },
  )
}

function requestBody(target: CallTarget, id: number, body: Crossing): Pick<SubrequestInit, 'body'> {
  if (body === undefined) return {}
  if (body === 0) return { body: target.subrequests.open(id) }
  if (typeof body === 'number') {
    const source = target.ops.takeSource(body)
    return source === undefined ? {} : { body: source }
  }
  if (body instanceof ArrayBuffer) return { body: new Uint8Array(body) }
  return { body }
}

/** A chunk of a streamed request body, its end, or its failure. Returns 1 while there is room. */
export function writeSubrequestBody(
  subrequests: Subrequests,
  id: number,
  { chunk, error }: { chunk: Crossing; error: Crossing },
): number {
  const body = subrequests.bodies.get(id)
  if (body === undefined) return 1
  if (chunk instanceof Uint8Array) return body.write(chunk) ? 1 : 0
  if (error === undefined) body.finish()
  else body.fail(new Error(unpackError(String(error)).message))
  return 1
}

function countSubrequest(run: TaskRun): boolean {
  if (run.subrequests >= run.prepared.limits.subrequests) return false
  run.subrequests += 1
  return true
}

function subrequestLimitText(run: TaskRun): string {
  const { subrequests } = run.prepared.limits
  return `Subrequest limit: the task has made ${run.subrequests} of the ${subrequests} subrequests it may make, redirects included. Make fewer, or raise the limit "subrequests".`
}
