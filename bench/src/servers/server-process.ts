// A server under test: a process that says its port when it listens, and goes away when told.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const READY_WITHIN_MS = 20_000
const STOPS_WITHIN_MS = 3_000
const JSON_PORT = /^\{.*"port": ?(\d+)/

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  readonly port: number
}

export interface ServerCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The descriptor on which the server says its port when it listens. */
  readonly readyFd: 1 | 3
  /** Where in that line the port is; default: the `port` of a line of JSON. */
  readonly portIn?: RegExp
  /** What it writes to stderr is dropped: a server whose workers fail on purpose says so each time. */
  readonly isQuiet?: true
}

/** The port in the first line that has one; other lines are not for us. */
async function readPort(stream: Readable, portIn: RegExp): Promise<number> {
  for await (const line of createInterface({ input: stream })) {
    const port = portIn.exec(line)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error('the server ended before it listened')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS)
  await exited
  clearTimeout(timer)
}

export async function startServer({
  command,
  args,
  env,
  readyFd,
  portIn = JSON_PORT,
  isQuiet,
}: ServerCommand): Promise<ServerProcess> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', isQuiet === true ? 'ignore' : 'inherit', 'pipe'],
    env: { ...process.env, ...env },
  })
  // A benchmark that dies must not leave servers behind.
  const killNow = (): void => void child.kill('SIGKILL')
  process.once('exit', killNow)
  const failed = once(child, 'error').then(([error]) => {
    throw error
  })
  const late = setTimeout(killNow, READY_WITHIN_MS)
  try {
    const port = await Promise.race([readPort(child.stdio[readyFd] as Readable, portIn), failed])
    clearTimeout(late)
    child.stdout?.resume()
    return {
      pid: child.pid ?? 0,
      port,
      [Symbol.asyncDispose]: async () => {
        process.off('exit', killNow)
        await stop(child)
      },
    }
  } catch (error) {
    clearTimeout(late)
    killNow()
    throw new Error(`${command} did not start`, { cause: error })
  }
}
