// Responses that come bit by bit.
//   curl -N localhost:8787/?lines=5
//   curl -N localhost:8787/events
const encoder = new TextEncoder()

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Text chunks as a body; the next is made when the reader wants it, and none once the signal says stop. */
function stream(chunks: AsyncGenerator<string>, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = signal.aborted ? { done: true, value: undefined } : await chunks.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

async function* lines(count: number) {
  for (let line = 1; line <= count; line += 1) {
    yield `line ${line} of ${count}\n`
    await sleep(200)
  }
}

async function* events() {
  for (let id = 1; ; id += 1) {
    yield `id: ${id}\nevent: tick\ndata: ${JSON.stringify({ time: new Date() })}\n\n`
    await sleep(1000)
  }
}

export default {
  fetch(request: Request): Response {
    const url = new URL(request.url)
    if (url.pathname === '/events') {
      const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
      return new Response(stream(events(), request.signal), { headers })
    }
    const count = Math.min(Number(url.searchParams.get('lines') ?? 10) || 10, 100)
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    return new Response(stream(lines(count), request.signal), { headers })
  },
}
