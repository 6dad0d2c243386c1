// Is this a task? Callers of the library may be plain JavaScript.
import { IsopodError } from '../errors.ts'
import { isByteSource } from '../ops/byte-source.ts'
import type { FetchRequest, HeaderList, Task } from '../task.ts'
import { jsonText } from './check-version.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const HTTP_URL = /^https?:\/\/[^/?#\s]+/i
const FORBIDDEN_IN_VALUE = /[\0\r\n]/

/** @throws IsopodError `INVALID_TASK` */
export function assertTask(task: Task): void {
  switch (task?.type) {
    case 'fetch': {
      assertRequest(task.request)
      return
    }
    case 'scheduled':
      if (typeof task.cron !== 'string' || !Number.isFinite(task.scheduledTimeMs)) {
        throw invalid('a scheduled task needs "cron" and "scheduledTimeMs"')
      }
      return
    case 'execute':
      if (task.input !== undefined && jsonText(task.input) === undefined) {
        throw invalid('the input of an execute task must be what JSON can hold')
      }
      return
    default:
      throw invalid('its type is "fetch", "scheduled" or "execute"')
  }
}

function assertRequest(request: FetchRequest): void {
  if (typeof request?.method !== 'string' || !TOKEN.test(request.method)) throw invalid('a request needs a method')
  const { url, headers, body } = request
  if (typeof url !== 'string' || !HTTP_URL.test(url) || !URL.canParse(url)) {
    throw invalid('a request needs an absolute http or https URL')
  }
  if (typeof headers !== 'function') assertHeaders(headers)
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array) && !isByteSource(body)) {
    throw invalid('the body of a request is text, a Uint8Array, or an object with "read" and "cancel"')
  }
}

/** A line break in a name or a value would pass for a header of its own. */
function assertHeaders(headers: HeaderList): void {
  if (!Array.isArray(headers))
    throw invalid('the headers of a request are a list of pairs, or a function that returns one')
  for (const header of headers as HeaderList) {
    if (!Array.isArray(header)) throw invalid('a header is a pair of name and value')
    const [name, value] = header as readonly [string, string]
    const isValid =
      typeof name === 'string' && typeof value === 'string' && TOKEN.test(name) && !FORBIDDEN_IN_VALUE.test(value)
    if (!isValid)
      throw invalid(`the header ${JSON.stringify(String(name))} has a name or a value that HTTP cannot carry`)
  }
}

function invalid(reason: string): IsopodError {
  return new IsopodError('INVALID_TASK', `This is no task: ${reason}.`)
}
