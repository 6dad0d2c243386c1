export default {
  fetch(request: Request): Response {
    const { pathname } = new URL(request.url)
    if (pathname === '/api/time') return Response.json({ time: new Date().toISOString() })
    return new Response('There is nothing here.\n', { status: 404 })
  },
}
