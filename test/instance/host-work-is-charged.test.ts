// CPU time that threads of the host, or this one beside entries, use for a task. Compared is what one task was charged with what
// another was, never with a clock, and by factors that no busy machine makes.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

const CRYPTO = `export default async ({ iterations, calls }) => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations }
  for (let i = 0; i < calls; i++) await crypto.subtle.deriveBits(algorithm, key, 256)
}`

test('work of SubtleCrypto is charged to the task that asked for it', async () => {
  await using t = startRuntime({ limits: { cpuMs: 30_000 } })
  await t.load('w', CRYPTO)
  const chargedFor = async (iterations: number): Promise<number> => {
    const task = { type: 'execute', input: { iterations, calls: 3 } } as const
    const { outcome, usage, error } = await t.runtime.dispatch('w', task)
    assert.equal(outcome, 'ok', error?.message)
    return usage.cpuUs
  }
  const little = await chargedFor(1)
  const much = await chargedFor(1_000_000)
  // A million rounds of SHA-256 take more than 50 ms on any machine.
  assert.ok(much > 150_000 && much > little * 2, `${little} and ${much} µs`)
})

test('a task that only has others work for it can use up its CPU time', async () => {
  await using t = startRuntime({ limits: { cpuMs: 100 } })
  await t.load('w', CRYPTO)
  const task = { type: 'execute', input: { iterations: 1_000_000, calls: 1000 } } as const
  const { outcome, error } = await t.runtime.dispatch('w', task)
  assert.deepEqual([outcome, error?.code], ['exceededCpu', 'CPU_LIMIT'])
})

test('work that a task leaves behind is in its record', async () => {
  await using t = startRuntime({ limits: { cpuMs: 30_000 } })
  await t.load(
    'w',
    `export default async () => {
      const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits'])
      const algorithm = { name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(16), iterations: 4_000_000 }
      crypto.subtle.deriveBits(algorithm, key, 256)
    }`,
  )
  const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(outcome, 'ok')
  // Four million rounds, of half a microsecond each as nothing else is known of them.
  assert.ok((t.records[0]?.usage.cpuUs ?? 0) > 500_000, `${t.records[0]?.usage.cpuUs} µs`)
})

test('decoding what a fetch brings is charged', async () => {
  const plain = Buffer.from(randomBytes(1024 * 1024).toString('hex'))
  const packed = gzipSync(plain)
  await using origin = await startOrigin(({ url }, response) => {
    if (url === '/packed') response.setHeader('content-encoding', 'gzip')
    response.end(packed)
  })
  await using t = startRuntime({ limits: { cpuMs: 30_000, subrequests: 1000 }, network: { allow: ['127.0.0.1/32'] } })
  // The bodies stay with the host, but for their first chunks: what is charged for them is decoding.
  await t.load(
    'w',
    `export default async (url) => {
      let bytes = 0
      for (let i = 0; i < 10; i++) for await (const chunk of (await fetch(url)).body) bytes += chunk.length
      return bytes
    }`,
  )
  const chargedFor = async (path: string, bytes: number): Promise<number> => {
    const { output, usage, error } = await t.runtime.dispatch('w', { type: 'execute', input: `${origin.url}${path}` })
    assert.equal(output, String(bytes * 10), error?.message)
    return usage.cpuUs
  }
  await chargedFor('/plain', packed.byteLength)
  const received = await chargedFor('/plain', packed.byteLength)
  const decoded = await chargedFor('/packed', plain.byteLength)
  assert.ok(decoded > received * 1.5, `${received} and ${decoded} µs`)
})
