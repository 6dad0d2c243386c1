// The fetches of an instance's tasks. Each counts against its task, and dies with it.
import type { Crossing } from '../bridge/entries.ts'
import { unpackError } from '../bridge/error-text.ts'
import { packFetchHead } from '../bridge/fetch-head.ts'
import { packHeaders, unpackHeaders } from '../bridge/header-text.ts'
import { IsopodError } from '../errors.ts'
import { BindingFailure } from '../ops/bindings/binding-failure.ts'
import type { SubrequestInit, SubrequestResponse } from '../ops/fetch.ts'
import type { ByteSource, HeaderList } from '../task.ts'
import type { CallTarget } from './call-target.ts'
import { failureText } from './op-failure.ts'
import { ResponseStream } from './response-stream.ts'
import type { TaskRun } from './task-run.ts'

interface StreamedBody {
  readonly run: TaskRun
  readonly stream: ResponseStream
}

/** Request bodies the guest streams out, by the number of their fetch. A server may answer before it has all. */
export class Subrequests {
  readonly #bodies = new Map<number, StreamedBody>()
  readonly #waiting = new Map<number, () => void>()

  /** Delivers op `id` once the body of `fetch` has room. */
  onDrained(target: CallTarget, run: TaskRun, { id, fetch }: { id: number; fetch: number }): undefined {
    const body = this.stream(fetch)
    target.ops.add(id, run, () => this.#waiting.delete(fetch))
    const deliver = (): void => target.deliver(id, { ok: true })
    if (body === undefined || body.hasRoom) setImmediate(deliver)
    else this.#waiting.set(fetch, deliver)
  }

  stream(fetch: number): ResponseStream | undefined {
    return this.#bodies.get(fetch)?.stream
  }

  bodyOf(fetch: number): StreamedBody | undefined {
    return this.#bodies.get(fetch)
  }

  open(fetch: number, run: TaskRun): ResponseStream {
    const wake = (): void => this.#wake(fetch)
    const stream = new ResponseStream({ drained: wake, canceled: wake })
    this.#bodies.set(fetch, { run, stream })
    return stream
  }

  /** A body that is not complete must not look so. */
  close(fetch: number, how: 'complete' | Error): void {
    const stream = this.stream(fetch)
    if (how === 'complete') stream?.finish()
    else stream?.fail(how)
    this.#bodies.delete(fetch)
    this.#wake(fetch)
  }

  /** The guest may write, and wait again, before this returns. */
  #wake(fetch: number): void {
    const deliver = this.#waiting.get(fetch)
    this.#waiting.delete(fetch)
    deliver?.()
  }

  endRun(run: TaskRun): void {
    for (const [fetch, body] of this.#bodies) {
      if (body.run === run) this.close(fetch, new Error('the task ended'))
    }
  }
}

interface Subrequest {
  readonly id: number
  readonly line: string
  readonly headers: string
  readonly body: Crossing
  /** Name of the binding it goes through; undefined: to the network. */
  readonly binding: string | undefined
}

export function startSubrequest(
  target: CallTarget,
  run: TaskRun,
  { id, line, headers, body, binding }: Subrequest,
): string | undefined {
  const { limits } = run.prepared
  if (!countSubrequest(run)) return `Error\n${subrequestLimitText(run)}`
  const [method = 'GET', redirect = 'follow', url = '', ...integrity] = line.split('\n')
  const init: SubrequestInit = {
    method,
    url,
    headers: unpackHeaders(headers),
    redirect: redirect as SubrequestInit['redirect'],
    integrity: integrity.join('\n'),
    ...requestBody(target, run, { id, body }),
  }
  const abort = new AbortController()
  target.ops.add(id, run, () => {
    abort.abort()
    target.subrequests.close(id, new Error('the request was aborted'))
  })
  const subrequestLimits = {
    maxBodyBytes: limits.subrequestBodyBytes,
    maxHeldBytes: limits.heapMb * 1024 * 1024,
    onRedirect: () => countSubrequest(run),
    worked: (usedUs: number) => run.charge(usedUs),
  }
  const answering =
    binding === undefined
      ? target.services.fetchers.for(run.prepared.network).start(init, subrequestLimits, abort.signal)
      : fetchThrough(target, run, { binding, init, signal: abort.signal })
  answering.then(
    (response) => {
      if (!target.ops.has(id)) {
        response.body?.cancel('the task ended')
        return
      }
      const source = response.body === undefined ? 0 : target.ops.addSource(run, response.body)
      target.deliver(id, {
        ok: true,
        first: packFetchHead({ ...response, source }),
        second: packHeaders(response.decoded ? withoutCoding(response.headers) : response.headers),
      })
    },
    (error: unknown) => {
      target.subrequests.close(id, new Error('the request failed'))
      const overLimit = error instanceof IsopodError && error.code === 'SUBREQUEST_LIMIT'
      target.deliver(id, { ok: false, first: overLimit ? `Error\n${subrequestLimitText(run)}` : failureText(error) })
    },
  )
}

async function fetchThrough(
  { services }: CallTarget,
  { prepared, task }: TaskRun,
  { binding, init, signal }: { binding: string; init: SubrequestInit; signal: AbortSignal },
): Promise<SubrequestResponse> {
  const { version } = prepared
  const config = Object.hasOwn(version.bindings ?? {}, binding) ? version.bindings?.[binding] : undefined
  const opened = config === undefined ? undefined : services.bindings.open(version, config)
  if (opened === undefined) throw new BindingFailure(`The binding "${binding}" is not available here.`)
  const depth = task.type === 'fetch' ? (task.request.depth ?? 0) : 0
  return opened.fetch(init, { signal, depth })
}

/** The body is decoded, so that what these headers say of it is no longer true: a worker may pass both on. */
function withoutCoding(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !/^content-(?:encoding|length)$/i.test(name))
}

function requestBody(
  target: CallTarget,
  run: TaskRun,
  { id, body }: { id: number; body: Crossing },
): Pick<SubrequestInit, 'body'> {
  if (body === undefined) return {}
  if (body === 0) return { body: target.subrequests.open(id, run) }
  if (typeof body === 'number') {
    const source = target.ops.takeSource(body)
    return source === undefined ? {} : { body: counted(run, source) }
  }
  run.bytesSent += typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  if (body instanceof ArrayBuffer) return { body: new Uint8Array(body) }
  return { body }
}

/** What the host passes on without the guest. */
function counted(run: TaskRun, source: ByteSource): ByteSource {
  return {
    async read() {
      const chunk = await source.read()
      run.bytesSent += chunk?.byteLength ?? 0
      return chunk
    },
    cancel: (reason) => source.cancel(reason),
  }
}

/** A chunk of a streamed request body, its end, or its failure. Returns 1 while there is room. */
export function writeSubrequestBody(
  subrequests: Subrequests,
  id: number,
  { chunk, error }: { chunk: Crossing; error: Crossing },
): number {
  const body = subrequests.bodyOf(id)
  if (body === undefined) return 1
  if (chunk instanceof Uint8Array) {
    body.run.bytesSent += chunk.byteLength
    return body.stream.write(chunk) ? 1 : 0
  }
  subrequests.close(id, error === undefined ? 'complete' : new Error(unpackError(String(error)).message))
  return 1
}

export function countSubrequest(run: TaskRun): boolean {
  if (run.subrequestsLeft <= 0) return false
  run.subrequests += 1
  return true
}

export function subrequestLimitText(run: TaskRun): string {
  const { subrequests } = run.prepared.limits
  return `Subrequest limit: the task has made ${run.subrequests} of the ${subrequests} subrequests it may make, redirects included. Make fewer, or raise the limit "subrequests".`
}
