// WebAssembly: the import is a compiled module, ready to be instantiated.
//   curl 'localhost:8787/add?a=1&b=2'
import addModule from './add.wasm'

const { add } = new WebAssembly.Instance(addModule).exports as { add(a: number, b: number): number }

export default {
  fetch(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname !== '/add') return new Response('try /add?a=1&b=2\n', { status: 404 })
    const a = Number(searchParams.get('a'))
    const b = Number(searchParams.get('b'))
    if (!Number.isInteger(a) || !Number.isInteger(b)) return new Response('a and b must be integers\n', { status: 400 })
    // 32-bit integers: 2147483647 + 1 wraps around.
    return Response.json({ a, b, sum: add(a, b) })
  },
}
