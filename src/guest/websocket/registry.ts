// WebSockets by their number, and what the rest of the guest needs of them before anybody has used one: loads nothing.
import type { Crossing } from '../../bridge/entries.ts'
import { MapConstructor, MapPrototypeDelete, MapPrototypeGet, MapPrototypeSet } from '../primordials.ts'
import { setCurrentTask, type TaskScope } from '../runtime/task-scope.ts'

/** A WebSocket whose other end the host has. */
export interface HostedSocket {
  readonly task: TaskScope | undefined
  /** @param kind - one of `SOCKET_EVENT` */
  event(kind: number, value: Crossing): void
}

/** A WebSocket a response can carry. */
export interface GivenSocket {
  /** Gives it to the client of the task; the number the host knows it by. Throws where it cannot be given. */
  give(task: TaskScope): number
}

const sockets = new MapConstructor<number, HostedSocket>()

export function addSocket(id: number, socket: HostedSocket): void {
  MapPrototypeSet(sockets, id, socket)
}

export function removeSocket(id: number): void {
  MapPrototypeDelete(sockets, id)
}

/** Host to guest. What follows happens as the socket's own task. */
export function socketEvent(id: number, kind: number, value: Crossing): void {
  const socket = MapPrototypeGet(sockets, id)
  if (socket === undefined) return
  setCurrentTask(socket.task)
  socket.event(kind, value)
}

/** Undefined for what is no WebSocket: there are none before the class is made. */
export let givenSocketOf: (value: unknown) => GivenSocket | undefined = () => undefined

export function setGivenSocketOf(of: (value: unknown) => GivenSocket | undefined): void {
  givenSocketOf = of
}
