// What V8 compiles on its own threads would settle outside of any entry.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WASM_LOOP_AT_START } from '../../conformance/escapes/wasm-modules.ts'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

/** (import "m" "f" (func)) (start 0) (export "m" (memory 1)) */
const MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 109, 1, 102, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0,
  8, 1, 0,
]

const PRELUDE = `const bytes = new Uint8Array([${MODULE.join()}]); let calls = 0; const imports = { m: { f() { calls += 1 } } }`

async function run(code: string, input?: unknown): Promise<unknown> {
  await using t = startRuntime({ network: { allow: ['127.0.0.0/8'] } })
  await t.load('w', `${PRELUDE}\nexport default { async execute(input) { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute', input: input as never })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

test('compile and instantiate settle, and the input may change meanwhile', async () => {
  const seen = await run(`
    const compiling = WebAssembly.compile(bytes)
    bytes.fill(0)
    const module = await compiling
    const instance = await WebAssembly.instantiate(module, imports)
    return [String(module), String(instance), instance.exports.m.buffer.byteLength, calls,
      WebAssembly.compile.name, WebAssembly.compile.length, WebAssembly.instantiateStreaming.length]`)
  assert.deepEqual(seen, ['[object WebAssembly.Module]', '[object WebAssembly.Instance]', 65536, 1, 'compile', 1, 1])
})

test('both stream from a response of the network, and of the worker', async () => {
  await using origin = await startOrigin((request, response) => {
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': 'application/wasm' })
    response.end(Buffer.from(MODULE))
  })
  const seen = await run(
    `
    const { module, instance } = await WebAssembly.instantiateStreaming(fetch(input), imports)
    const own = await WebAssembly.compileStreaming(new Response(bytes, { headers: { 'content-type': 'Application/WASM' } }))
    const errors = []
    const used = new Response(bytes, { headers: { 'content-type': 'application/wasm' } })
    await used.text()
    for (const source of [fetch(input + '/missing'), new Response(bytes), used, bytes, Promise.reject(new RangeError('mine')),
      new Response('x', { headers: { 'content-type': 'application/wasm' } }), new Response(bytes, { headers: { 'content-type': 'application/wasm; charset=x' } })])
      errors.push(await WebAssembly.compileStreaming(source).then(() => 'none', (error) => error.name))
    return [String(module), String(instance), String(own), calls, errors]`,
    origin.url,
  )
  assert.deepEqual(seen, [
    '[object WebAssembly.Module]',
    '[object WebAssembly.Instance]',
    '[object WebAssembly.Module]',
    1,
    ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'RangeError', 'CompileError', 'TypeError'],
  ])
})

for (const [what, code] of Object.entries({
  'after compile': 'await WebAssembly.compile(bytes)',
  'after instantiate': 'await WebAssembly.instantiate(bytes, imports)',
  'in an import': 'await WebAssembly.instantiate(bytes, { m: { f() { for (;;); } } })',
  'in a start function': `await WebAssembly.instantiate(${WASM_LOOP_AT_START})`,
})) {
  test(`a loop ${what} is ended by the CPU limit`, async () => {
    await using t = startRuntime({ mode: 'persistent' })
    await t.load('w', `${PRELUDE}\nexport default { async execute() { ${code}; for (;;); } }`)
    const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
    assert.ok(outcome === 'exceededCpu' || outcome === 'recycled', outcome)
  })
}
