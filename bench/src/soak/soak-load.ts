// The clients of the soak: loops that ask, read, leave and talk until they are told to stop, and count what they were answered.
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { WorkerParams } from '../../../src/server/api/worker-shapes.ts'
import { zipfSampler } from '../zipf.ts'
import { HOARDER, SOAKED, SPINNER, STREAM_BYTES } from './soak-workers.ts'

const UPLOAD = 'x'.repeat(200_000)
const REMEMBERED = 20

export interface Tally {
  requests: number
  /** Not answered, or not with what was expected. */
  lost: number
  /** WebSockets that were closed because their worker got a new version, or was evicted. */
  restarted: number
  /** The first of those that were lost. */
  readonly losses: string[]
}

export interface SoakLoad {
  readonly tally: Tally
  /** Resolves when every client has gone. */
  stop(): Promise<void>
}

interface Kind {
  /** How many do so at once, and how long each rests in between. */
  readonly clients: number
  readonly restMs: number
  readonly path: string
  readonly worker?: WorkerParams
  readonly body?: string
  readonly status?: number
  readonly length?: number
}

const KINDS: readonly Kind[] = [
  { clients: 8, restMs: 15, path: '/', length: 5 },
  { clients: 2, restMs: 20, path: '/timers', length: 6 },
  { clients: 2, restMs: 20, path: '/wait-until', length: 10 },
  { clients: 1, restMs: 50, path: '/stream', length: STREAM_BYTES },
  { clients: 1, restMs: 50, path: '/upload', body: UPLOAD, length: 6 },
  { clients: 1, restMs: 2000, path: '/', worker: SPINNER, status: 503 },
  { clients: 1, restMs: 3000, path: '/', worker: HOARDER, status: 503 },
]
const LEAVERS = 2
const LEAVE_REST_MS = 30
const TALKERS = 3
const TALK_REST_MS = 50
const MESSAGES = 5
/** See docs/websockets.md. */
const RESTARTED_CODE = 1012
const RESTARTED = new Error('the worker is restarted')

export function startSoakLoad(port: number): SoakLoad {
  const agent = new Agent({ keepAlive: true })
  const stopped = new AbortController()
  const tally: Tally = { requests: 0, lost: 0, restarted: 0, losses: [] }
  const drawn = zipfSampler({ size: SOAKED.length, exponent: 1, seed: 1 })
  const drawWorker = (): WorkerParams => SOAKED[drawn()] ?? SPINNER
  const send = ({ path, worker = drawWorker(), body = '' }: Kind): ReturnType<typeof request> =>
    request({
      port,
      agent,
      path,
      host: '127.0.0.1',
      method: body === '' ? 'GET' : 'POST',
      headers: { host: hostOf(worker) },
    }).end(body)

  const ask = async (kind: Kind): Promise<void> => {
    const { length, status = 200 } = kind
    const sent = send(kind)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const text = (await response.setEncoding('latin1').toArray()).join('')
    if (response.statusCode !== status || (length !== undefined && text.length !== length)) {
      throw new Error(`${response.statusCode} ${text.slice(0, 200)}`)
    }
  }
  const leave = async (): Promise<void> => {
    const sent = send({ clients: 1, restMs: 0, path: '/stream' })
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    if (response.statusCode !== 200) throw new Error(`${response.statusCode} to a stream`)
    await once(response, 'data')
    sent.destroy()
    response.on('error', () => undefined)
  }
  const talk = async (): Promise<void> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: hostOf(drawWorker()) } })
    const gone = new AbortController()
    socket.once('close', (code) => {
      gone.abort(code === RESTARTED_CODE ? RESTARTED : new Error(`the WebSocket was closed with ${code}`))
    })
    await once(socket, 'open', { signal: gone.signal })
    for (let message = 0; message < MESSAGES; message += 1) {
      const answer = once(socket, 'message', { signal: gone.signal })
      socket.send(`message ${message}`)
      const [heard] = (await answer) as [Buffer]
      if (heard.toString() !== `message ${message}`) throw new Error(`heard ${heard.toString()}`)
    }
    const closed = once(socket, 'close')
    socket.close()
    await closed
  }
  const lose = (loss: string): void => {
    tally.lost += 1
    if (tally.losses.length < REMEMBERED) tally.losses.push(loss)
  }
  const repeat = async (name: string, restMs: number, act: () => Promise<void>): Promise<void> => {
    while (!stopped.signal.aborted) {
      tally.requests += 1
      try {
        await act()
      } catch (error) {
        if (error instanceof Error && error.cause === RESTARTED) tally.restarted += 1
        else lose(`${name}: ${reasonOf(error)}`)
      }
      await pause(restMs)
    }
  }
  const clients = [
    ...KINDS.flatMap((kind) => times(kind.clients, () => repeat(kind.path, kind.restMs, () => ask(kind)))),
    ...times(LEAVERS, () => repeat('leave', LEAVE_REST_MS, leave)),
    ...times(TALKERS, () => repeat('talk', TALK_REST_MS, talk)),
  ]
  return {
    tally,
    async stop() {
      stopped.abort()
      await Promise.all(clients)
      agent.destroy()
    },
  }
}

function hostOf({ tenant, worker }: WorkerParams): string {
  return `${worker}.${tenant}.localhost`
}

function times<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? String(error.cause ?? error) : String(error)
}
