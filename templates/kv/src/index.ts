interface Env {
  readonly NOTES: {
    get(key: string): Promise<string | null>
    put(key: string, value: string): Promise<void>
    delete(key: string): Promise<void>
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const key = decodeURIComponent(new URL(request.url).pathname.slice(1))
    if (key === '') return new Response('PUT /name stores a note, GET /name reads it, DELETE /name removes it.\n')
    switch (request.method) {
      case 'GET': {
        const note = await env.NOTES.get(key)
        return note === null ? new Response('There is no such note.\n', { status: 404 }) : new Response(note)
      }
      case 'PUT':
        await env.NOTES.put(key, await request.text())
        return new Response(null, { status: 204 })
      case 'DELETE':
        await env.NOTES.delete(key)
        return new Response(null, { status: 204 })
      default:
        return new Response('Notes are read, stored and removed.\n', {
          status: 405,
          headers: { allow: 'GET, PUT, DELETE' },
        })
    }
  },
}
