// The real server as a process of its own, with everything at its defaults but the ports.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { killGroup, stopGroup } from './process-group.ts'
import { AdminClient } from './admin-client.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const START_LIMIT_MS = 30_000

export interface ServerOptions {
  /** Main hosts. */
  readonly hosts: number
  /** Further arguments of `isopod serve`. */
  readonly args?: readonly string[]
  /** Free ones unless given. */
  readonly ports?: { readonly data: number; readonly admin: number }
  /** A command that starts the server's command: `['prlimit', '--nofile=64']`. */
  readonly wrapper?: readonly string[]
  /** The command line's file; another one only to try the runner itself. */
  readonly main?: string
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Server extends AsyncDisposable {
  readonly dataPort: number
  readonly adminPort: number
  readonly admin: AdminClient
  /** Of the supervisor, or of the command it was wrapped in; also its process group. */
  readonly pid: number
  /** When its process ended, and how. */
  readonly ended: Promise<Ending>
  /** All it has written. */
  output(): string
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const { args = [], hosts, main = MAIN, ports, wrapper = [] } = options
  // The folder it is started in is its own: what it keeps is gone with it.
  const folder = mkdtempSync(join(tmpdir(), 'isopod-conformance-'))
  const own = ['--port', String(ports?.data ?? 0), '--admin-port', String(ports?.admin ?? 0), '--hosts', String(hosts)]
  const [command = process.execPath, ...rest] = [...wrapper, process.execPath, main, 'serve', ...own, ...args]
  const child = spawn(command, rest, {
    cwd: folder,
    env: withoutSettings(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: should it not stop in order, its hosts are stopped with it.
    detached: true,
  })
  // A runner that ends by an error of its own leaves nothing running.
  const onExit = (): void => killGroup(child)
  process.once('exit', onExit)
  const written = collect(child)
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const stop = async (): Promise<void> => {
    await stopGroup(child)
    process.removeListener('exit', onExit)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const [dataPort, adminPort] = await readPorts(child, written)
    return {
      dataPort,
      adminPort,
      admin: new AdminClient(adminPort),
      pid: child.pid ?? 0,
      ended,
      output: () => written.text,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:ISOPOD|ISOLATE|WORKER|PERSISTENT_WORKER|NODE)_/.test(name)),
  )
}

function collect(child: ChildProcess): { text: string } {
  const written = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => void (written.text += text))
  }
  return written
}

async function readPorts(
  child: ChildProcess,
  written: { readonly text: string },
): Promise<[data: number, admin: number]> {
  const deadlineMs = performance.now() + START_LIMIT_MS
  while (performance.now() < deadlineMs) {
    const data = /data\s+http:\/\/\S+:(\d+)\//.exec(written.text)
    const admin = /admin\s+http:\/\/\S+:(\d+)\//.exec(written.text)
    if (data !== null && admin !== null) return [Number(data[1]), Number(admin[1])]
    if (child.exitCode !== null) break
    await delay(20)
  }
  throw new Error(`the server did not become ready:\n${written.text}`)
}
