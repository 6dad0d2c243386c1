// Bundles of modules that were typed somewhere else, to be deployed. A text that hangs a parser, or ends it, costs its sender an
// answer and nobody else anything. Each is read by a process of its own, one at a time: a text that took its process over
// would otherwise have a say in what another tenant deploys next.
import { type ChildProcess, fork } from 'node:child_process'
import { IsopodError } from '../../errors.ts'
import { programPath } from '../../programs.ts'
import { findInstallation } from '../../supervisor/sandbox/installation.ts'
import { permissionFlags } from '../../supervisor/sandbox/permission-flags.ts'
import type { Bundle } from '../../version.ts'
import type { ModuleSource, SourceReply } from './source-process.ts'

/** With the start of the process, on a machine that has other things to do. */
const WITHIN_MS = 10_000
const HEAP_MB = 256
const MAX_WAITING = 20

export class SourceBundler {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** @throws IsopodError as `bundleSource` does; `BUNDLE_FAILED` where it takes too long; `RATE_LIMITED` */
  async bundle(source: ModuleSource): Promise<Bundle> {
    if (this.#waiting >= MAX_WAITING) {
      throw new IsopodError('RATE_LIMITED', `${MAX_WAITING} modules wait to be bundled. Try again in a moment.`)
    }
    this.#waiting += 1
    try {
      const turn = this.#last.then(() => read(source))
      this.#last = turn.catch(() => undefined)
      return await turn
    } finally {
      this.#waiting -= 1
    }
  }
}

async function read(source: ModuleSource): Promise<Bundle> {
  const child = start()
  try {
    const reply = await replyOf(child, source)
    if (reply.type === 'problem') throw new IsopodError(reply.code, reply.message)
    return reply.bundle
  } finally {
    child.kill('SIGKILL')
  }
}

function start(): ChildProcess {
  const { program, readPaths } = findInstallation(programPath('bundle-source'))
  // Messages are JSON: V8's own form is not for what such a process says.
  return fork(program, {
    execArgv: [...permissionFlags(readPaths), `--max-old-space-size=${HEAP_MB}`],
    env: {},
    serialization: 'json',
    stdio: 'ignore',
  })
}

function replyOf(child: ChildProcess, source: ModuleSource): Promise<SourceReply> {
  const { promise, reject, resolve } = Promise.withResolvers<SourceReply>()
  const failed = (how: string): void =>
    reject(new IsopodError('BUNDLE_FAILED', `${source.file} cannot be bundled: ${how}. Make it shorter, or simpler.`))
  const timer = setTimeout(() => failed(`it takes longer than ${WITHIN_MS / 1000} s`), WITHIN_MS)
  child.once('message', (reply: SourceReply) => resolve(reply))
  child.once('error', (error) => failed(`its bundler could not be started: ${error.message}`))
  child.once('exit', () => failed('its bundler ended'))
  child.send(source, (error) => {
    if (error !== null) failed('its bundler ended')
  })
  return promise.finally(() => clearTimeout(timer))
}
