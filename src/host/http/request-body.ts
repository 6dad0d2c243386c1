// The body of an HTTP request: collected where it is small, else as a ByteSource. Unlike the stream's own iterator it never destroys the request, whose
// socket the response still needs: what nobody reads, Node discards after the response.
import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { ByteSource } from '../../task.ts'

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

/** Calls back when the body is complete; a client that goes away before never started anything. */
export function collectSmallBody(request: IncomingMessage, done: (body: string | Uint8Array) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
    // Text crosses the boundary faster, and most workers want it as text; valid UTF-8 loses nothing by it.
    done(isUtf8(bytes) ? bytes.toString() : bytes)
  })
}
