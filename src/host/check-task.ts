// Is this a task? Callers of the library may be plain JavaScript.
import { IsopodError } from '../errors.ts'
import type { Task } from '../task.ts'

const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const HTTP_URL = /^https?:\/\/[^/?#\s]+/i

/** @throws IsopodError `INVALID_TASK` */
export function assertTask(task: Task): void {
  switch (task?.type) {
    case 'fetch': {
      const { request } = task
      if (typeof request?.method !== 'string' || !METHOD.test(request.method)) throw invalid('a request needs a method')
      if (typeof request.url !== 'string' || !HTTP_URL.test(request.url)) {
        throw invalid('a request needs an absolute http or https URL')
      }
      if (typeof request.headers !== 'function' && !Array.isArray(request.headers)) {
        throw invalid('the headers of a request are a list of pairs, or a function that returns one')
      }
      return
    }
    case 'scheduled':
      if (typeof task.cron !== 'string' || !Number.isFinite(task.scheduledTimeMs)) {
        throw invalid('a scheduled task needs "cron" and "scheduledTimeMs"')
      }
      return
    case 'execute':
      return
    default:
      throw invalid('its type is "fetch", "scheduled" or "execute"')
  }
}

function invalid(reason: string): IsopodError {
  return new IsopodError('INVALID_TASK', `This is no task: ${reason}.`)
}
