// isolated-vm's time limit stands still while the guest is in a call of the host.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** Endless loops that spend most of their time in the host; `sink` keeps the compiler from dropping work. */
const LOOPS = {
  'timers that are set and cleared': 'for (;;) clearTimeout(setTimeout(() => {}, 1000))',
  'random bytes': 'const bytes = new Uint8Array(65536); for (;;) crypto.getRandomValues(bytes)',
  'host names': 'for (let i = 0; ; i++) new URL(`http://ü${i}.example/`)',
  'legacy decoding': 'const bytes = new Uint8Array(65536).fill(0xb0); for (;;) new TextDecoder("gbk").decode(bytes)',
  digests: 'const bytes = new Uint8Array(1024); for (;;) crypto.subtle.digest("SHA-256", bytes).catch(() => {})',
  'keys that are imported':
    'const bytes = new Uint8Array(32); for (;;) crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"]).catch(() => {})',
  comparisons: 'const bytes = new Uint8Array(65536); for (;;) crypto.timingSafeEqual(bytes, bytes)',
  'questions what is supported': 'for (;;) SubtleCrypto.supports("digest", "SHA-256")',
  'reads that are refused': 'for (;;) { try { fetch("http://127.0.0.1/").catch(() => {}) } catch {} }',
  'all that, and every error caught':
    'for (;;) { try { clearTimeout(setTimeout(() => {}, 1000)); crypto.randomUUID() } catch {} finally { console.log() } }',
}

for (const [what, loop] of Object.entries(LOOPS)) {
  test(`in ${what}: the entry is ended in not much more than the budget`, async () => {
    await using t = startRuntime({ mode: 'persistent' })
    await t.load(
      'w',
      `export default { async fetch(request) {
        if (request.url.endsWith('/ok')) return new Response('fine')
        ${loop}
      } }`,
      { limits: { cpuMs: 50, logBytes: 100 * 1024 * 1024, concurrentOps: 10_000_000, subrequests: 10_000_000 } },
    )
    const { outcome, error, usage } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exceededCpu', 'CPU_LIMIT'])
    // CPU time, so that a busy machine changes nothing; the factor is 1.8, with room for the clock's ticks and the compiler.
    assert.ok(usage.cpuUs < 150_000, `${usage.cpuUs} µs`)
    assert.equal((await t.fetch('w', '/ok')).text, 'fine')
  })
}
