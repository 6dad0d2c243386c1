// The WebSockets an instance's guest holds, by number. Each belongs to a run and goes with it; any code of the instance
// may send on it, so that one client's message can reach the others.
import type { Entry } from '../isolate/executor.ts'
import type { MessageSocket } from '../message-socket.ts'
import { socketPair } from '../ops/websocket/socket-pair.ts'
import { GuestSocket, type SocketKind, type SocketOwner } from './guest-socket.ts'
import { socketEndOf } from './limit-errors.ts'
import type { PreparedVersion } from './prepared-version.ts'
import type { TaskRun } from './task-run.ts'

interface SocketHost {
  readonly prepared: PreparedVersion
  enterFor(run: TaskRun, entry: Entry): void
  heard(run: TaskRun): void
  /** A socket of the run has closed. */
  socketClosed(run: TaskRun): void
}

export class GuestSockets implements SocketOwner {
  readonly #host: SocketHost
  readonly #sockets = new Map<number, GuestSocket>()
  /** Other ends of those that were made for a client, until the response takes them there. */
  readonly #clientEnds = new Map<number, MessageSocket>()
  #bufferedBytes = 0

  constructor(host: SocketHost) {
    this.#host = host
  }

  has(id: number): boolean {
    return this.#sockets.has(id)
  }

  get(id: number): GuestSocket | undefined {
    return this.#sockets.get(id)
  }

  /** @param init.cancel - gives up what opens the connection */
  add(
    run: TaskRun,
    init: { readonly id: number; readonly kind: SocketKind; readonly cancel?: () => void },
  ): GuestSocket {
    const socket = new GuestSocket({ ...init, run, owner: this })
    this.#sockets.set(init.id, socket)
    run.sockets ??= new Set()
    run.sockets.add(socket)
    return socket
  }

  /** A socket whose other end is to become a client's. */
  serve(run: TaskRun, id: number): void {
    const [inner, outer] = socketPair(run.prepared.limits.webSocketMessageBytes)
    this.add(run, { id, kind: 'server' }).connect(inner)
    this.#clientEnds.set(id, outer)
  }

  /** What the client of the run gets: the other end of a socket made for it, or a connection the guest passes on. */
  handOver(run: TaskRun, id: number): MessageSocket | undefined {
    const socket = this.#sockets.get(id)
    if (socket === undefined || socket.run !== run) return undefined
    const end = this.#clientEnds.get(id)
    this.#clientEnds.delete(id)
    if (end !== undefined) return end
    const passed = socket.passOn()
    if (passed !== undefined) run.bodyOpen = true
    return passed
  }

  /** Those that clients opened. */
  closeServed(code: number, reason: string): void {
    const served = [...this.#sockets.values()].filter(({ holdsRun, run }) => run.isParked && holdsRun)
    // They leave the table one by one.
    for (const socket of served) socket.shut(code, reason)
  }

  endRun(run: TaskRun): void {
    if (run.sockets === undefined) return
    const { code, reason } = socketEndOf(run)
    const sockets = run.sockets
    run.sockets = undefined
    for (const socket of sockets) {
      this.#forget(socket)
      socket.drop(code, reason)
    }
  }

  // As the owner of sockets

  enterFor(run: TaskRun, entry: Entry): void {
    this.#host.enterFor(run, entry)
  }

  /** Together they may hold as much of the host's memory as the isolate's heap may be. */
  buffered(bytes: number): boolean {
    this.#bufferedBytes += bytes
    const { heapMb, webSocketBufferBytes } = this.#host.prepared.limits
    return this.#bufferedBytes <= Math.max(heapMb * 1024 * 1024, webSocketBufferBytes)
  }

  heard(run: TaskRun): void {
    this.#host.heard(run)
  }

  socketClosed(socket: GuestSocket): void {
    this.#forget(socket)
    socket.run.sockets?.delete(socket)
    this.#host.socketClosed(socket.run)
  }

  #forget({ id }: GuestSocket): void {
    this.#sockets.delete(id)
    this.#clientEnds.delete(id)
  }
}
