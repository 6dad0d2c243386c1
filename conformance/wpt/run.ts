// `npm run conformance -- --wpt <checkout> [--only <pattern>] [--compare] [--jobs <n>] [--json <file>]`: web-platform-tests
// against Isopod, and on request against Node and Deno. Exits with 1 when something unexpected fails or passes, or a bar
// is missed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findTests } from './runner/checkout.ts'
import { startIsopod } from './runner/isopod.ts'
import { startDeno, startNode } from './runner/peers.ts'
import { missedBars, surprises, surpriseText, table, tableRows } from './runner/report.ts'
import { runAll } from './runner/run-all.ts'
import { startTestServer } from './runner/wptserve.ts'

// Ended by its exit handlers, as in order: nothing it has started is left running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const { values } = parseArgs({
  options: {
    wpt: { type: 'string' },
    only: { type: 'string', default: '' },
    compare: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
})
const checkout = resolve(values.wpt ?? '')
if (values.wpt === undefined || !existsSync(join(checkout, 'resources', 'testharness.js'))) {
  throw new Error('--wpt wants the folder of a checkout of web-platform-tests')
}
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
  version: string
}

const { excluded, files } = findTests(checkout, new RegExp(values.only))
await using stack = new AsyncDisposableStack()
const server = stack.use(await startTestServer(checkout))
const runtimes = [stack.use(await startIsopod(version))]
if (values.compare) runtimes.push(stack.use(await startNode()), stack.use(await startDeno()))
const names = runtimes.map(({ name }) => name)

let count = 0
const results = await runAll(files, {
  checkout,
  server,
  runtimes,
  jobs: Math.max(1, Number(values.jobs)),
  finished({ file }) {
    count += 1
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${count}/${files.length} ${file.id}`)
    else if (count % 50 === 0) process.stderr.write(`${count}/${files.length}\n`)
  },
})
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')

const rows = tableRows(results, runtimes.length)
const unexpected = surprises(results)
const missed = missedBars(rows, names)
process.stdout.write(unexpected.map(surpriseText).join(''))
process.stdout.write(`\n${table(rows, names)}\n${excluded.length} files excluded (conformance/wpt/excluded.ts)\n`)
process.stdout.write(missed.map((line) => `bar missed: ${line}\n`).join(''))
process.stdout.write(`${unexpected.length} files with surprises\n`)
if (values.json !== undefined) {
  const plain = results.map(({ file, reports }) => ({ file: file.id, reports }))
  writeFileSync(values.json, JSON.stringify({ runtimes: names, results: plain, excluded }))
}
process.exitCode = unexpected.length === 0 && missed.length === 0 ? 0 : 1
