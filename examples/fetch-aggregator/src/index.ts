// Several requests at once, each with a time limit; one that fails does not spoil the others.
//   curl 'localhost:8787/?url=https://example.com&url=https://example.org'
const TIMEOUT_MS = 5_000
const MAX_URLS = 10

async function probe(url: string) {
  const start = Date.now()
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const { byteLength } = await response.arrayBuffer()
    return { url, status: response.status, bytes: byteLength, ms: Date.now() - start }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { url, error: `${name}: ${message}`, ms: Date.now() - start }
  }
}

export default {
  async fetch(request: Request): Promise<Response> {
    const urls = new URL(request.url).searchParams.getAll('url')
    if (urls.length === 0 || urls.length > MAX_URLS) {
      return Response.json({ error: `give 1 to ${MAX_URLS} addresses: /?url=https://…&url=https://…` }, { status: 400 })
    }
    return Response.json(await Promise.all(urls.map(probe)))
  },
}
