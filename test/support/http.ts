// A data port over a runtime, and a client that speaks HTTP byte by byte: what Node's own client would refuse to send,
// or hide, is what these tests are about.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { HttpIngress } from '../../src/host/http/http-ingress.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { startRuntime, type TestRuntime } from './runtime.ts'

export interface TestServer extends AsyncDisposable, Pick<TestRuntime, 'runtime' | 'records' | 'load'> {
  readonly ingress: HttpIngress
  readonly port: number
  connect(): Promise<RawClient>
  /** One request on a connection of its own. */
  send(text: string): Promise<RawResponse>
  /** `GET` of a path of a worker. */
  get(worker: string, path?: string): Promise<RawResponse>
}

export async function startServer(options: RuntimeOptions = {}): Promise<TestServer> {
  const { runtime, records, load } = startRuntime(options)
  const ingress = new HttpIngress(runtime)
  await ingress.listen({ port: 0 })
  const { port } = ingress.address
  const send = async (text: string): Promise<RawResponse> => {
    await using client = await RawClient.connect(port)
    client.send(text)
    return await client.response(text.startsWith('HEAD ') ? 'without-body' : 'with-body')
  }
  return {
    runtime,
    records,
    load,
    ingress,
    port,
    connect: () => RawClient.connect(port),
    send,
    get: (worker, path = '/') => send(request(worker, path)),
    async [Symbol.asyncDispose]() {
      await ingress.close()
      await runtime.close()
    },
  }
}

/** The text of a `GET` request. */
export function request(worker: string, path = '/', headers: readonly string[] = []): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${worker}.localhost\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`
}

/** The text of a `POST` request with a whole body. */
export function post(worker: string, path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${worker}.localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** One chunk of a chunked body; an empty one ends it. */
export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

export interface RawHead {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Values of a header, by its name in lower case. */
  all(name: string): string[]
}

export interface RawResponse extends RawHead {
  readonly body: string
}

export class RawClient implements AsyncDisposable {
  readonly socket: Socket
  /** Resolves when the server, or this end, has closed the connection. */
  readonly closed: Promise<void>
  #received: Buffer = Buffer.alloc(0)
  #ended = false
  #wake: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('data', (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data])
      this.#wake?.()
    })
    socket.on('error', () => undefined)
    const end = (): void => {
      this.#ended = true
      this.#wake?.()
    }
    socket.on('end', end)
    socket.on('close', end)
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  /** Text goes out as latin1: one byte for each character. */
  send(data: string | Uint8Array): void {
    this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
  }

  /** Goes away without a word. */
  leave(): void {
    this.socket.destroy()
  }

  async response(kind: 'with-body' | 'without-body' = 'with-body'): Promise<RawResponse> {
    const head = await this.head()
    return { ...head, body: kind === 'without-body' ? '' : await this.#body(head) }
  }

  async head(): Promise<RawHead> {
    const lines = (await this.#upTo('\r\n\r\n')).split('\r\n')
    const [, status = '', statusText = ''] = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(lines[0] ?? '') ?? []
    const headers = lines.slice(1).map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
    return {
      status: Number(status),
      statusText,
      headers,
      all: (name) => headers.filter(([key]) => key === name).map(([, value]) => value),
    }
  }

  /** The next chunk of a chunked body; undefined at its end. */
  async chunk(): Promise<string | undefined> {
    const size = Number.parseInt(await this.#upTo('\r\n'), 16)
    const content = await this.#take(size)
    await this.#upTo('\r\n')
    return size === 0 ? undefined : content
  }

  /** All that comes until the server closes the connection. */
  async rest(): Promise<string> {
    await this.#until(() => this.#ended)
    return await this.#take(this.#received.length)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
    await this.closed
  }

  async #body(head: RawHead): Promise<string> {
    if (head.status === 204 || head.status === 304) return ''
    if (head.all('transfer-encoding').includes('chunked')) {
      let text = ''
      for (let next = await this.chunk(); next !== undefined; next = await this.chunk()) text += next
      return text
    }
    const [length] = head.all('content-length')
    return length === undefined ? await this.rest() : await this.#take(Number(length))
  }

  async #upTo(mark: string): Promise<string> {
    await this.#until(() => this.#received.includes(mark))
    const text = await this.#take(this.#received.indexOf(mark), 'latin1')
    this.#received = this.#received.subarray(mark.length)
    return text
  }

  async #take(size: number, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string> {
    await this.#until(() => this.#received.length >= size)
    const text = this.#received.subarray(0, size).toString(encoding)
    this.#received = this.#received.subarray(size)
    return text
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      if (this.#ended)
        throw new Error(`the server closed the connection; unread: ${JSON.stringify(this.#received.toString())}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
