// The body of an HTTP request as a ByteSource. Unlike the stream's own iterator it never destroys the request, whose
// socket the response still needs: what nobody reads, Node discards after the response.
import type { IncomingMessage } from 'node:http'
import type { ByteSource } from '../task.ts'

export function requestBody(request: IncomingMessage): ByteSource {
  let ending: 'end' | 'cut-off' | 'canceled' | undefined
  let wake: (() => void) | undefined
  const notify = (): void => {
    wake?.()
    wake = undefined
  }
  const end = (how: 'end' | 'cut-off'): void => {
    ending ??= how
    notify()
  }
  let listening = false
  const listen = (): void => {
    listening = true
    request.on('readable', notify)
    request.on('end', () => end('end'))
    request.on('error', () => end('cut-off'))
    request.on('close', () => end(request.complete ? 'end' : 'cut-off'))
    if (request.destroyed && !request.complete) end('cut-off')
  }
  return {
    async read() {
      if (!listening) listen()
      for (;;) {
        if (ending === 'canceled') return undefined
        const chunk: Buffer | null = request.read()
        if (chunk !== null) return chunk
        if (ending === 'end' || request.readableEnded) return undefined
        if (ending === 'cut-off') throw new Error('The client went away before the body was complete.')
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    cancel() {
      ending ??= 'canceled'
      notify()
      request.removeListener('readable', notify)
      // Without a reader the request would stay paused, and its connection could not be used again.
      request.resume()
    },
  }
}
