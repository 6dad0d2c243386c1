export default {
  fetch(request: Request): Response {
    const { pathname } = new URL(request.url)
    return new Response(`Hello from ${pathname}\n`)
  },
}
