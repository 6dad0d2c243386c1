// The text of an error that a limit caused: the limit, what was used, what is allowed, what to do.
import type { TaskError } from '../task.ts'
import type { TaskRun } from './task-run.ts'

export function cpuLimitError(run: TaskRun): TaskError {
  const { limits } = run.prepared
  const [name, allowed] = run.task.type === 'load' ? ['startupCpuMs', limits.startupCpuMs] : ['cpuMs', limits.cpuMs]
  const usedMs = Math.round(run.budgetCpuUs / 1000)
  // An entry is ended by the wall clock, with half as much again for a machine that is busy with other things.
  const busy = usedMs < allowed ? ', on a machine so busy that its time ran out first' : ''
  return {
    code: 'CPU_LIMIT',
    message:
      `CPU limit: the ${describe(run)} used ${usedMs} ms of the ${allowed} ms it may use${busy}. ` +
      `Do less per task, or raise the limit "${name}".`,
  }
}

export function wallLimitError(run: TaskRun): TaskError {
  const { limits } = run.prepared
  const [name, allowed] = run.task.type === 'load' ? ['startupWallMs', limits.startupWallMs] : ['wallMs', limits.wallMs]
  const used = Math.round(performance.now() - run.acceptedMs)
  const queued = run.queueMs > 1 ? `, ${Math.round(run.queueMs)} ms of it waiting for an instance,` : ''
  return {
    code: 'WALL_TIME_LIMIT',
    message:
      `Wall time limit: the ${describe(run)} took ${used} ms${queued} of the ${allowed} ms it may take. ` +
      `Answer sooner, move work into ctx.waitUntil(), or raise the limit "${name}".`,
  }
}

export function queueTimeoutError(run: TaskRun, allowedMs: number): TaskError {
  const { worker } = run.prepared.version
  return {
    code: 'QUEUE_TIMEOUT',
    message:
      `The task waited for an instance of the worker "${worker}" for the ${allowedMs} ms it may wait. ` +
      'Try again, or raise ISOPOD_QUEUE_WAIT_MS.',
  }
}

export function memoryLimitError(run: TaskRun): TaskError {
  const { heapMb } = run.prepared.limits
  return {
    code: 'MEMORY_LIMIT',
    message:
      `Memory limit: the isolate needed more than the ${heapMb} MiB it may use. ` +
      'Keep less in memory (stream large bodies, bound caches), or raise the limit "heapMb".',
  }
}

export function responseTooLargeError(bytes: number, allowed: number): TaskError {
  return {
    code: 'RESPONSE_TOO_LARGE',
    message:
      `Response limit: the body has ${bytes} bytes of the ${allowed} it may have. ` +
      'Send less, or raise the limit "responseBodyBytes".',
  }
}

export function streamTooLargeError(allowed: number): TaskError {
  return {
    code: 'RESPONSE_TOO_LARGE',
    message:
      `Response limit: the streamed body has more than the ${allowed} bytes it may have. ` +
      'Send less, or raise the limit "responseBodyBytes".',
  }
}

export function responseHeadersTooLargeError(bytes: number, allowed: number): TaskError {
  return {
    code: 'RESPONSE_TOO_LARGE',
    message:
      `Response header limit: the headers have ${bytes} bytes of the ${allowed} they may have. ` +
      'Send fewer or shorter ones, or raise the limit "responseHeaderBytes".',
  }
}

export function webSocketModeError(run: TaskRun): TaskError {
  const { mode } = run.prepared
  const message = `The worker answered with a WebSocket, which mode "${mode}" does not take: its tasks run one at a time, and the others would wait until the WebSocket is closed. Use mode "persistent" or "worker".`
  return { code: 'WEBSOCKET_MODE', message }
}

export function webSocketClientsError(run: TaskRun): TaskError {
  const { webSocketClients } = run.prepared.limits
  const message = `WebSocket limit: ${webSocketClients} clients have a WebSocket open to the instance, as many as may. Try again, or raise the limit "webSocketClients".`
  return { code: 'WEBSOCKET_LIMIT', message }
}

/** With what the WebSockets of a run are closed that is over. */
export function socketEndOf({ error, outcome }: TaskRun): { readonly code: number; readonly reason: string } {
  if (error?.code === 'RUNTIME_CLOSED') return { code: 1001, reason: 'The server is going away.' }
  if (outcome === 'recycled') return { code: 1012, reason: 'The worker is restarted. Try again.' }
  if (outcome === 'ok' || outcome === 'canceled') return { code: 1001, reason: 'The task has ended.' }
  return { code: 1011, reason: error?.code ?? outcome }
}

export function canceledError(): TaskError {
  return { code: 'TASK_CANCELED', message: 'The caller went away before the task had ended.' }
}

export function recycledError(because: 'limit-hit' | 'busy-machine' | 'closed' | 'replaced'): TaskError {
  if (because === 'busy-machine') {
    const message = 'The machine was so busy that the task could not be told from one that runs for ever. Try again.'
    return { code: 'RECYCLED', message }
  }
  if (because === 'replaced') {
    const message =
      'The instance has a successor, and the response was still being streamed at the drain limit. Ask again.'
    return { code: 'RECYCLED', message }
  }
  if (because === 'closed')
    return { code: 'RUNTIME_CLOSED', message: 'The runtime was closed while the task was running.' }
  return { code: 'RECYCLED', message: 'The instance was replaced because another task broke a limit. Try again.' }
}

function describe(run: TaskRun): string {
  return run.task.type === 'load' ? "worker's top level" : 'task'
}
