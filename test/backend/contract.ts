// What every backend does alike, as tests: each backend has a file that runs them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Backend } from '../../src/backend/backend.ts'
import { type Outcome, OUTCOMES } from '../../src/outcome.ts'
import { childrenOf, run } from '../support/backends.ts'
import { until } from '../support/until.ts'

export interface ContractOptions {
  readonly create: () => Backend
  /** Most runs at once of what `create` makes. */
  readonly concurrency: number
  /** How a program ends that computes without end: by its CPU time or by the clock. */
  readonly endless: Outcome
}

const ONE = 'export default () => 1'
const COMPUTES = 'export default () => { for (;;); }'
const WAITS = 'export default () => new Promise((done) => setTimeout(done, 60_000))'
const HEAP = 'export default () => { const kept = []; for (;;) kept.push(new Array(1000).fill(Math.random())) }'
const BUFFERS =
  'export default () => { const kept = []; for (let i = 0; i < 400; i++) kept.push(new Uint8Array(8e6).fill(1)); return kept.length }'

/** Ways out of a program, as it would try them. */
const ATTEMPTS = {
  'reads a file': `Deno.readTextFileSync('/etc/hostname')`,
  'imports a file': `await import('file:///etc/hostname', { with: { type: 'text' } })`,
  'reads a file by Node': `(await import('node:fs')).readFileSync('/etc/hostname', 'utf8')`,
  'asks a server': `(await fetch('http://127.0.0.1:9000/')).status`,
  'connects by Node': `await new Promise(async (resolve, reject) => {
    try { (await import('node:net')).connect(9000, '127.0.0.1').on('connect', resolve).on('error', reject) } catch (error) { reject(error) }
  })`,
  'imports from the network': `await import('https://example.com/a.js')`,
  'imports a package': `await import('npm:zod')`,
  'reads the environment': `Deno.env.toObject()`,
  'reads the environment by Node': `(await import('node:process')).env.PATH`,
  'starts a process': `new Deno.Command('id').outputSync()`,
  'starts a process by Node': `(await import('node:child_process')).execSync('id').toString()`,
  'kills a process': `Deno.kill(Deno.ppid)`,
} as const

export function testContract(name: string, { concurrency, create, endless }: ContractOptions): void {
  describe(`the backend ${name}`, { timeout: 240_000 }, () => {
    test('gives what the function returns', async () => {
      await using backend = create()
      const result = await run(backend, 'export default ({ a }) => ({ sum: a + 1 })', { input: { a: 41 } })
      assert.deepEqual([result.outcome, result.output, result.error], ['ok', '{"sum":42}', undefined])
      const later = await run(backend, 'export default async (input) => [await input]', { input: 1 })
      assert.equal(later.output, '[1]')
      const nothing = await run(backend, 'export default () => {}')
      assert.deepEqual([nothing.outcome, nothing.output], ['ok', undefined])
    })

    test('says where an error was thrown', async () => {
      await using backend = create()
      const thrown = await run(backend, 'export default () => {\n  throw new TypeError("so")\n}')
      assert.deepEqual(
        [thrown.outcome, thrown.error?.code, thrown.error?.name],
        ['exception', 'WORKER_EXCEPTION', 'TypeError'],
      )
      assert.match(thrown.error?.message ?? '', /so/)
      assert.match(thrown.error?.stack ?? '', /program\.js:2:9/)
      const loading = await run(backend, '\nthrow new Error("at once"); export default () => 1')
      assert.deepEqual([loading.outcome, loading.error?.code], ['loadFailed', 'LOAD_FAILED'])
      assert.match(`${loading.error?.message} ${loading.error?.stack}`, /at once/)
    })

    test('ends what computes without end, and what waits without end', async () => {
      await using backend = create()
      assert.equal((await run(backend, COMPUTES, { timeoutMs: 500 })).outcome, endless)
      const waiting = await run(backend, WAITS, { timeoutMs: 500 })
      assert.deepEqual([waiting.outcome, waiting.error?.code], ['exceededWallTime', 'WALL_TIME_LIMIT'])
      assert.equal((await run(backend, ONE)).output, '1')
    })

    test('ends what matches a regular expression without end', async () => {
      await using backend = create()
      const { outcome } = await run(backend, 'export default () => /^(a+)+$/.test("a".repeat(40) + "b")', {
        timeoutMs: 500,
      })
      assert.ok(outcome !== 'ok' && !OUTCOMES[outcome].retryable, outcome)
      assert.equal((await run(backend, ONE)).output, '1')
    })

    for (const [kind, program] of Object.entries({ heap: HEAP, buffers: BUFFERS })) {
      test(`ends what fills its memory: ${kind}`, async () => {
        await using backend = create()
        const { outcome } = await run(backend, program)
        // An engine may refuse a buffer, which a program is told by an exception.
        assert.ok(outcome === 'exceededMemory' || (kind === 'buffers' && outcome === 'exception'), outcome)
        assert.equal((await run(backend, ONE)).output, '1')
      })
    }

    test('gives no way out', async () => {
      await using backend = create()
      for (const [attempt, code] of Object.entries(ATTEMPTS)) {
        const program = `export default async () => { try { return ['done', ${code}] } catch (error) { return [String(error)] } }`
        const result = await run(backend, program)
        const [first, got] = JSON.parse(result.output ?? '["no output"]') as [string, unknown]
        // A variable of the environment may read as one that is not set.
        assert.ok(first !== 'done' || got === null, `${attempt}: ${result.output}`)
      }
    })

    test('runs several at once, and refuses more than it may', async () => {
      await using backend = create()
      const started = Promise.withResolvers<void>()
      let begun = 0
      const start = (): void => {
        begun += 1
        if (begun === concurrency) started.resolve()
      }
      const program = 'export default (ms) => new Promise((done) => setTimeout(done, ms, ms))'
      const runs = Array.from({ length: concurrency }, () => run(backend, program, { input: 3000, started: start }))
      await started.promise
      const refused = await run(backend, ONE)
      assert.deepEqual([refused.outcome, refused.error?.code], ['loadShed', 'QUEUE_FULL'])
      const outputs = (await Promise.all(runs)).map(({ output }) => output)
      assert.deepEqual(
        outputs,
        runs.map(() => '3000'),
      )
      assert.equal((await run(backend, ONE)).outcome, 'ok')
    })

    for (const [kind, program] of Object.entries({ computes: COMPUTES, waits: WAITS })) {
      test(`ends what ${kind} when it is canceled`, async () => {
        await using backend = create()
        const canceled = new AbortController()
        const result = await run(backend, program, { signal: canceled.signal, started: () => canceled.abort() })
        assert.deepEqual([result.outcome, result.error?.code], ['canceled', 'TASK_CANCELED'])
        assert.equal((await run(backend, ONE)).output, '1')
      })
    }

    test('goes on when its processes are killed', async () => {
      await using backend = create()
      const started = Promise.withResolvers<void>()
      const before = new Set(childrenOf())
      const program = `export default () => { console.log('here'); return new Promise((done) => setTimeout(done, 60_000)) }`
      const running = run(backend, program, { log: () => started.resolve() })
      await started.promise
      for (const id of childrenOf()) if (!before.has(id)) killIfThere(id)
      const result = await running
      assert.deepEqual([result.outcome, result.error?.code], ['hostLost', 'HOST_LOST'])
      assert.equal((await run(backend, ONE)).output, '1')
    })

    test('takes and gives a megabyte, of any text', async () => {
      await using backend = create()
      const input = 'aü€😀\u0000"\\\u2028'.repeat(60_000)
      const result = await run(backend, 'export default (text) => text', { input })
      assert.equal(result.outcome, 'ok')
      assert.equal(JSON.parse(result.output ?? ''), input)
      const long = await run(backend, `export default () => ${JSON.stringify(input)}.length`)
      assert.equal(long.output, String(input.length))
    })

    test('refuses what is not JSON', async () => {
      await using backend = create()
      for (const value of ['1n', 'Symbol()', '() => 1', '(() => { const a = {}; a.a = a; return a })()']) {
        const { error, outcome } = await run(backend, `export default () => (${value})`)
        assert.deepEqual([value, outcome, error?.code], [value, 'exception', 'OUTPUT_NOT_SERIALIZABLE'])
      }
    })

    test('tells what is logged, in order', async () => {
      await using backend = create()
      const heard: string[] = []
      const program = `export default async () => {
        console.log('one', 1); await 0; console.warn('two'); console.error(new Error('three').message); return 1 }`
      const { logs } = await run(backend, program, { log: ({ level, message }) => heard.push(`${level} ${message}`) })
      assert.deepEqual(
        logs.map(({ level, message }) => `${level} ${message}`),
        ['log one 1', 'warn two', 'error three'],
      )
      assert.deepEqual(heard, ['log one 1', 'warn two', 'error three'])
    })

    test('lets runs share nothing', async () => {
      await using backend = create()
      const spoil = `export default () => {
        globalThis.left = 1
        Object.prototype.polluted = 1
        Array.prototype.map = () => 'mine'
        JSON.stringify = () => '"mine"'
        Promise.prototype.then = () => 'mine'
        return 1
      }`
      await run(backend, spoil, { timeoutMs: 1_000 })
      const look = 'export default () => [typeof left, typeof {}.polluted, [1].map((n) => n)]'
      const untouched = '["undefined","undefined",[1]]'
      assert.equal((await run(backend, look)).output, untouched)
      assert.equal((await run(backend, look, { warmKey: 'a', mode: 'persistent' })).output, untouched)
    })

    test('tells where the time went', async () => {
      await using backend = create()
      const { isolate, timings, usage } = await run(backend, ONE)
      for (const ms of Object.values(timings)) assert.ok(ms >= 0)
      assert.ok(isolate.creationMs > 0 && usage.wallMs > 0)
    })

    test('leaves no process when it stops', async () => {
      const before = childrenOf()
      const backend = create()
      assert.equal(backend.health().state, 'idle')
      await backend.start()
      assert.equal(backend.health().state, 'running')
      const started = Promise.withResolvers<void>()
      const running = run(backend, WAITS, { started: () => started.resolve() })
      await started.promise
      await backend.stop()
      assert.notEqual((await running).outcome, 'ok')
      await until(() => childrenOf().every((id) => before.includes(id)))
      assert.deepEqual([backend.health().state, backend.health().running], ['idle', 0])
    })
  })
}

function killIfThere(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It went with the one before.
  }
}
