// Starts the probe (`fixtures/sandbox-probe`) in a sandbox, exactly as the supervisor starts hosts.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync } from 'node:fs'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { planSandbox, type SandboxOptions } from '../../src/supervisor/sandbox/plan-sandbox.ts'
import type { Ending, MeasureName, Sandbox } from '../../src/supervisor/sandbox/sandbox.ts'

const root = join(import.meta.dirname, '..', '..')
const PROGRAM = join(root, 'test', 'fixtures', 'sandbox-probe', 'index.ts')

/**
 * What a host could do that runs native code of an attacker's: the permission model, which binds JavaScript only, is as
 * good as gone. What still stands in the way is the operating system.
 */
export const TAKEN_OVER: readonly string[] = [
  '--allow-fs-read=*',
  '--allow-fs-write=*',
  '--allow-child-process',
  '--disable-warning=PERM0002',
]

/** `refused` is the code of the error, or its text. */
export interface Attempted {
  readonly value?: unknown
  readonly refused?: string
}

export interface Probe extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly child: ChildProcess
  attempt(name: string, ...args: readonly unknown[]): Promise<Attempted>
  /** Gives it a listening server, and does not wait for an answer to anything else. */
  give(server: Server): Promise<void>
  readonly ended: Promise<Ending>
}

export interface ProbeOptions extends Partial<SandboxOptions> {
  readonly runFolder: string
  /** Of Node, for the probe only. */
  readonly probeFlags?: readonly string[]
  /** Where descriptor 5 goes. */
  readonly recorder?: number
}

export function plan(options: Partial<SandboxOptions> & { readonly runFolder: string }): Promise<Sandbox> {
  return planSandbox({
    sandbox: 'auto',
    nodeFlags: ENGINE_FLAGS,
    environment: process.env,
    readPaths: [join(root, 'src')],
    ...options,
  })
}

export async function startProbe(options: ProbeOptions): Promise<Probe> {
  const { runFolder, probeFlags = [], recorder = 'ignore' } = options
  const sandbox = await plan(options)
  if (sandbox.user !== undefined) chownSync(runFolder, sandbox.user.uid, sandbox.user.gid)
  const nodeFlags = [...ENGINE_FLAGS, ...probeFlags]
  const { command, args, ...rest } = sandbox.command({ program: PROGRAM, args: [], nodeFlags, runFolder })
  const child = spawn(command, args, { ...rest, stdio: ['ignore', 'pipe', 'inherit', 'ipc', 'pipe', recorder] })
  const ended = once(child, 'exit').then(([code, signal]) => sandbox.ending(code, signal))
  const waiting = new Map<number, (answer: Attempted) => void>()
  child.on('message', (answer: Attempted & { readonly id: number }) => waiting.get(answer.id)?.(answer))
  const answerTo = (id: number): Promise<Attempted> =>
    Promise.race([
      new Promise<Attempted>((resolve) => void waiting.set(id, resolve)),
      ended.then(({ code, signal }) => ({ refused: `ended with ${signal ?? code}` })),
    ])
  await answerTo(0)
  let lastId = 0
  const send = (name: string, values: readonly unknown[], server?: Server): Promise<Attempted> => {
    lastId += 1
    child.send({ id: lastId, name, args: values }, server)
    return answerTo(lastId)
  }
  return {
    sandbox,
    child,
    attempt: (name, ...values) => send(name, values),
    give: async (server) => void (await send('identity', [], server)),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function isInForce(sandbox: Sandbox, name: MeasureName): boolean {
  return sandbox.measures.some((measure) => measure.name === name && measure.inForce)
}

/** Every measure with what was found, for a test that fails on a machine nobody is looking at. */
export function describe(sandbox: Sandbox): string {
  const lines = sandbox.measures.map(({ name, inForce, detail }) => `${inForce ? 'yes' : 'no '} ${name}: ${detail}`)
  return [`level ${sandbox.level}`, ...lines].join('\n')
}
