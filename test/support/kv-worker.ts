// A worker that does with its namespace what it is asked, and says on which host's instance: `x-instance`.

export const KV_WORKER = `let instance
export default { async fetch(request, { KV }) {
  instance ??= crypto.randomUUID()
  const { pathname, searchParams } = new URL(request.url)
  const key = searchParams.get('key')
  const answer = (body) => new Response(body, { headers: { 'x-instance': instance } })
  switch (pathname) {
    case '/get': return answer((await KV.get(key)) ?? 'none')
    case '/put': await KV.put(key, searchParams.get('value')); return answer((await KV.get(key)) ?? 'none')
    case '/delete': await KV.delete(key); return answer((await KV.get(key)) ?? 'none')
    case '/big': {
      let left = Number(searchParams.get('mib'))
      const stream = new ReadableStream({ pull(c) { if (left === 0) return c.close(); c.enqueue(new Uint8Array(1024 * 1024).fill(left)); left -= 1 } })
      await KV.put(key, stream)
      return answer('stored')
    }
    case '/stream': return answer((await KV.get(key, 'stream')) ?? 'none')
  }
} }`

export const KV_BINDINGS = { KV: { type: 'kv', namespace: 'main' } } as const
