import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startDev } from '../support/cli.ts'
import { Debugger, debuggerTargets } from '../support/debugger.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const CONFIG = `{
  "name": "shop",
  "main": "src/index.ts",
  "limits": { "cpuMs": 50 },
  "kv_namespaces": [{ "binding": "CACHE", "id": "cache" }]
}`

const INDEX = `import { total } from './total'

interface Env { CACHE: { put(key: string, value: string): Promise<void>; get(key: string): Promise<string> } }

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    await env.CACHE.put('price', '7')
    const price = Number(await env.CACHE.get('price'))
    return new Response(total(price, 3))
  },
}`

const total = (unit: string): string => `// Counts what is in the basket.
export function total(price: number, count: number): string {
  const sum = price * count
  return sum + ' ${unit}'
}`

/** \`  return sum …\` */
const LINE = 4

function portOf(stdout: string): number {
  return Number(/inspect http:\/\/127\.0\.0\.1:(\d+)\//.exec(stdout)?.[1])
}

test('a request waits at a breakpoint, shows its variables, and is answered when it goes on', async () => {
  using dir = tmpDir({ 'isopod.jsonc': CONFIG, 'src/index.ts': INDEX, 'src/total.ts': total('euros') })
  await using dev = await startDev(['--inspect=0'], { cwd: dir.path })
  const port = portOf(dev.output().stdout)
  const file = pathToFileURL(join(dir.path, 'src', 'total.ts')).href
  const [target] = await debuggerTargets(port)
  assert.ok(target !== undefined)
  assert.match(target.title, /^shop /)

  using first = await Debugger.attach(target)
  await first.breakAt({ file, line: LINE })
  const answer = dev.get('shop')
  const paused = await first.paused()
  assert.equal(paused.callFrames[0]?.functionName, 'total')
  assert.equal(await first.evaluate(paused, 'price'), 7)
  assert.equal(await first.evaluate(paused, 'sum'), 21)

  // One that comes while the program is held sees the same, and may let it go on.
  using second = await Debugger.attach(target)
  assert.equal(await second.evaluate(await second.paused(), 'sum = 42'), 42)
  await second.send('Debugger.resume')
  assert.equal((await answer).text, '42 euros')

  const { result } = await second.send('Runtime.evaluate', { expression: 'typeof Response' })
  assert.equal((result as { value: string }).value, 'function')
})

test('a debugger that goes lets the program go on', async () => {
  using dir = tmpDir({ 'isopod.jsonc': CONFIG, 'src/index.ts': INDEX, 'src/total.ts': total('euros') })
  await using dev = await startDev(['--inspect=0'], { cwd: dir.path })
  const [target] = await debuggerTargets(portOf(dev.output().stdout))
  assert.ok(target !== undefined)
  const file = pathToFileURL(join(dir.path, 'src', 'total.ts')).href
  using attached = await Debugger.attach(target)
  await attached.breakAt({ file, line: LINE })
  const answer = dev.get('shop')
  await attached.paused()
  attached[Symbol.dispose]()
  assert.equal((await answer).text, '21 euros')
  assert.equal((await dev.get('shop')).text, '21 euros')
})

test('a reload closes the connection, and the next version is found by the list', async () => {
  using dir = tmpDir({ 'isopod.jsonc': CONFIG, 'src/index.ts': INDEX, 'src/total.ts': total('euros') })
  await using dev = await startDev(['--inspect=0'], { cwd: dir.path })
  const port = portOf(dev.output().stdout)
  const [old] = await debuggerTargets(port)
  assert.ok(old !== undefined)
  using attached = await Debugger.attach(old)
  dir.write({ 'src/total.ts': total('dollars') })
  await dev.saw('reloaded')
  await attached.closed
  const [next, ...more] = await debuggerTargets(port)
  assert.ok(next !== undefined && next.id !== old.id)
  assert.deepEqual(more, [])
  using again = await Debugger.attach(next)
  await again.breakAt({ file: pathToFileURL(join(dir.path, 'src', 'total.ts')).href, line: LINE })
  const answer = dev.get('shop')
  await again.paused()

  // Held at a breakpoint, and told to end.
  dev.signal('SIGTERM')
  assert.equal((await answer).text, '21 dollars')
  assert.equal(await dev.ended, 0)
})
