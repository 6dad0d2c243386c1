// The runtimes that Isopod is compared with: the Node it runs on, and Deno from npm. A process for each file, as fresh as
// an isolate; flags only where a runtime hides what Isopod shows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { denoBinary } from '../../../bench/src/binaries.ts'
import type { TestReport } from '../realm/run-test.ts'
import type { RuntimeUnderTest, TestRun } from './runtime-under-test.ts'

interface Command {
  readonly binary: string
  readonly flags: readonly string[]
}

/** Beyond a test's own time: start, and what a busy machine takes longer. */
const GRACE_MS = 20_000
const PROGRAM = join(import.meta.dirname, '..', 'realm', 'peer.ts')

export async function startNode(): Promise<RuntimeUnderTest> {
  const flags = ['--no-warnings', '--experimental-eventsource']
  return await startPeer('Node', { binary: process.execPath, flags })
}

export async function startDeno(): Promise<RuntimeUnderTest> {
  const flags = ['run', '--allow-all', '--quiet', '--no-check', '--no-lock', '--no-config']
  return await startPeer('Deno', { binary: denoBinary(), flags })
}

async function startPeer(label: string, { binary, flags }: Command): Promise<RuntimeUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'isopod-wpt-'))
  const env = { PATH: process.env['PATH'], HOME: folder, DENO_DIR: join(folder, 'deno') }
  let count = 0

  const run = async ({ input: test }: TestRun): Promise<TestReport> => {
    count += 1
    const input = join(folder, `${count}.json`)
    const output = join(folder, `${count}-report.json`)
    writeFileSync(input, JSON.stringify(test))
    const child = spawn(binary, [...flags, PROGRAM, input, output], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), test.timeoutMs + GRACE_MS)
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors = (errors + text).slice(-300)))
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    clearTimeout(timer)
    try {
      return JSON.parse(readFileSync(output, 'utf8')) as TestReport
    } catch {
      return { subtests: [], error: `ended with ${signal ?? `code ${code}`} and no report: ${errors.trim()}` }
    } finally {
      rmSync(input, { force: true })
      rmSync(output, { force: true })
    }
  }

  return {
    name: `${label} ${await versionOf(binary)}`,
    run,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function versionOf(binary: string): Promise<string> {
  const child = spawn(binary, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk))
  await once(child, 'close')
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'of unknown version'
}
