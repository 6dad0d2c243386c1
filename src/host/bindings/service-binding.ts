// A worker that calls another one: a task like any other, for the other's own limits, without a way over the network.
import { BindingFailure } from '../../ops/bindings/binding-failure.ts'
import type { Binding } from '../../ops/bindings/binding.ts'
import type { SubrequestInit, SubrequestResponse } from '../../ops/fetch.ts'
import type { TaskResult } from '../../task.ts'
import { fromBytes, isByteSource } from '../../ops/byte-source.ts'
import type { Router, WorkerAddress } from '../destination.ts'

/** Workers in a row; a worker that calls itself ends here. */
const MAX_DEPTH = 16

export function serviceBinding(router: Router, address: WorkerAddress): Binding {
  return {
    fetch(request, { depth, signal }) {
      if (depth >= MAX_DEPTH) {
        const message = `Service binding limit: ${MAX_DEPTH} workers stand behind this request, each called by the one before, as many as may.`
        return Promise.reject(new BindingFailure(message))
      }
      return new Promise((resolve, reject) => {
        const destination = router.find(address)
        if (destination === undefined) {
          reject(new BindingFailure(`There is no worker "${address.worker}" to answer for this service binding.`))
          return
        }
        const { method, url, headers, body } = request
        const submitted = destination.submit(
          {
            type: 'fetch',
            request: { method, url, headers, depth: depth + 1, ...(body === undefined ? {} : { body }) },
          },
          {
            settled: (result) => {
              const response = toResponse(request, result)
              if (response instanceof Error) reject(response)
              else resolve(response)
            },
          },
        )
        signal.addEventListener('abort', () => submitted.abandon(), { once: true })
      })
    },
  }
}

function toResponse(
  { url }: SubrequestInit,
  { body, error, outcome, response, socket }: TaskResult,
): SubrequestResponse | BindingFailure {
  if (socket !== undefined) {
    socket.close(1011, 'Service bindings pass on no WebSockets.')
    return new BindingFailure('The worker answered with a WebSocket, which a service binding does not pass on.')
  }
  if (response === undefined) {
    return new BindingFailure(
      `The worker behind the service binding did not answer (${outcome}): ${error?.message ?? 'no reason is known'}`,
    )
  }
  const source = body === undefined || isByteSource(body) ? body : fromBytes(body)
  return { ...response, url, redirected: false, decoded: false, ...(source === undefined ? {} : { body: source }) }
}
