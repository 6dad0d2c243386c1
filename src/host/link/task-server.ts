// The end of a link where tasks are run: what an asker sends goes to a router, what becomes of it goes back.
import type { Socket } from 'node:net'
import { CUT_OFF } from '../../message-socket.ts'
import type { ByteSource, TaskResult } from '../../task.ts'
import { Channel } from '../../wire/channel.ts'
import { answerPull, IncomingBody } from '../../wire/relayed-body.ts'
import { relaySocket } from '../../wire/relayed-socket.ts'
import type { SocketPart, TaskReply, TaskRequest } from '../../wire/task-messages.ts'
import { OVER, refusal, type Router, type SubmittedTask } from '../destination.ts'
import { packResult, unpackTask } from './wire-task.ts'

interface ServedTask {
  task: SubmittedTask
  readonly requestBody: IncomingBody
  responseBody: ByteSource | undefined
  /** Takes what the asker says on the WebSocket the task was answered with. */
  socket: ((part: SocketPart, bytes: Uint8Array | undefined) => void) | undefined
}

export interface TaskServing {
  /** Asks the other side to send new tasks elsewhere. */
  leave(): void
}

export interface TaskServerOptions {
  readonly router: Router
  closed(): void
  /** Askers say it first. Whoever can reach the socket may ask unless given. */
  readonly key?: string | undefined
}

/** Serves one asker until its socket closes; then its tasks have no caller any more. */
export function serveTasks(socket: Socket, { closed, key, router }: TaskServerOptions): TaskServing {
  let isAdmitted = key === undefined
  const tasks = new Map<number, ServedTask>()
  const channel = new Channel<TaskRequest, TaskReply>(socket, {
    message(message, bytes) {
      if (message.type === 'hello') admit(message.key)
      else if (!isAdmitted) socket.destroy()
      else if (message.type === 'task') start(message, bytes)
      else follow(message, bytes)
    },
    closed() {
      for (const [id, served] of tasks) {
        if (served.socket !== undefined) {
          served.socket({ type: 'socketClose', id, code: CUT_OFF, reason: '' }, undefined)
          continue
        }
        served.requestBody.fail(new Error('The caller went away.'))
        served.responseBody?.cancel('the caller went away')
        served.task.abandon()
      }
      tasks.clear()
      closed()
    },
  })

  function admit(shown: string): void {
    isAdmitted = shown === key
    if (isAdmitted) channel.send({ type: 'ready', id: 0 })
    else socket.destroy()
  }

  function start(request: Extract<TaskRequest, { type: 'task' }>, bytes: Uint8Array | undefined): void {
    const { id, tenant, worker, ageMs } = request
    const requestBody = new IncomingBody({
      pull: () => channel.send({ type: 'pull', id }),
      stop: (reason) => channel.send({ type: 'stop', id, reason }),
    })
    const served: ServedTask = { task: OVER, requestBody, responseBody: undefined, socket: undefined }
    const destination = router.find({ tenant, worker })
    if (destination === undefined) {
      const message = `There is no worker "${worker}".`
      settle(id, served, refusal({ outcome: 'notFound', code: 'WORKER_NOT_FOUND', message }))
      return
    }
    tasks.set(id, served)
    const task = unpackTask(request.task, bytes, () => requestBody)
    const caller = {
      // The asker must know before the worker's code runs: if that takes this process down, nobody else can tell.
      started: () => {
        channel.send({ type: 'started', id })
        channel.flush()
      },
      settled: (result: TaskResult) => settle(id, served, result),
    }
    served.task = destination.submit(task, caller, performance.now() - ageMs)
    if (!channel.isOpen) served.task.abandon()
  }

  function settle(id: number, served: ServedTask, result: TaskResult): void {
    const { value, bytes, source } = packResult(result)
    served.responseBody = source
    if (source === undefined && result.socket === undefined) {
      tasks.delete(id)
      served.requestBody.fail(new Error('The response was complete before the request.'))
    }
    channel.send({ type: 'settled', id, result: value }, bytes)
    if (result.socket === undefined) return
    const send = (part: SocketPart, more?: Uint8Array): void => channel.send(part, more)
    served.socket = relaySocket(result.socket, id, { send, closed: () => tasks.delete(id) })
  }

  function follow(message: Exclude<TaskRequest, { type: 'hello' | 'task' }>, bytes: Uint8Array | undefined): void {
    const served = tasks.get(message.id)
    if (served === undefined) return
    switch (message.type) {
      case 'abandon':
        served.task.abandon()
        return
      case 'pull':
        void sendNext(message.id, served)
        return
      case 'stop':
        tasks.delete(message.id)
        served.responseBody?.cancel(message.reason)
        return
      case 'socketMessage':
      case 'socketTaken':
      case 'socketClose':
      case 'socketClosed':
        served.socket?.(message, bytes)
        return
      default:
        served.requestBody.receive(message, bytes)
    }
  }

  async function sendNext(id: number, { responseBody }: ServedTask): Promise<void> {
    if (responseBody === undefined) return
    const goesOn = await answerPull(responseBody, id, (part, bytes) => channel.send(part, bytes))
    if (!goesOn) tasks.delete(id)
  }

  return { leave: () => channel.send({ type: 'leaving', id: 0 }) }
}
