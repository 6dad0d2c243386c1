import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { MODE_CASES } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

interface Thread {
  readonly name: string
  /** User and system time, in clock ticks of 10 ms. */
  readonly ticks: number
}

function statOf(id: string): string {
  try {
    return readFileSync(`/proc/self/task/${id}/stat`, 'utf8')
  } catch {
    return ''
  }
}

function threads(): Map<string, Thread> {
  const found = new Map<string, Thread>()
  for (const id of readdirSync('/proc/self/task')) {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(statOf(id)) ?? []
    // It ended since the list was read.
    if (rest === '') continue
    const fields = rest.split(' ')
    found.set(id, { name, ticks: Number(fields[11]) + Number(fields[12]) })
  }
  return found
}

const WORKS = `export default { async fetch() {
  await new Promise((resolve) => setTimeout(resolve, 1))
  let sum = 0
  for (let i = 0; i < 3_000_000; i++) sum += Math.sqrt(i)
  return new Response(String(sum > 0))
} }`

const onLinux = { skip: process.platform === 'linux' ? false : 'threads are counted in /proc' }

for (const { name, options } of MODE_CASES.filter(
  ({ options: { mode } }) => mode === 'pool' || mode === 'persistent',
)) {
  const inline = options.executor !== 'threads'
  test(
    `${name}: tenants' code runs ${inline ? 'on the calling thread, and nowhere else' : 'on other threads'}`,
    onLinux,
    async () => {
      await using t = startRuntime({ ...options, limits: { cpuMs: 5000 } })
      for (const worker of ['a', 'b', 'c', 'd']) {
        await t.load(worker, WORKS)
        await t.fetch(worker)
      }
      const before = threads()
      for (let i = 0; i < 8; i++) {
        const tasks = ['a', 'b', 'c', 'd'].map((worker) => t.fetch(worker))
        for (const { text } of await Promise.all(tasks)) assert.equal(text, 'true')
      }
      const after = threads()
      const main = String(process.pid)
      const spent = (id: string): number => (after.get(id)?.ticks ?? 0) - (before.get(id)?.ticks ?? 0)
      const elsewhere = [...after.keys()].filter((id) => id !== main).reduce((sum, id) => sum + spent(id), 0)
      if (inline) {
        assert.deepEqual([...after.keys()].toSorted(), [...before.keys()].toSorted(), 'no thread was started')
        // Other threads collect garbage and compile; tenants' code would be most of all.
        assert.ok(elsewhere * 2 <= spent(main), `${elsewhere} ticks elsewhere, ${spent(main)} here`)
      } else {
        assert.ok(elsewhere > spent(main), `${elsewhere} ticks elsewhere, ${spent(main)} here`)
      }
    },
  )
}
