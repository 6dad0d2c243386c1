// Finds out how hosts can be confined on this machine, once, at start: each way is tried, strongest first, and the first
// that works is taken. What is in force is what a process started that way saw.
import { realpathSync } from 'node:fs'
import { IsopodError } from '../../errors.ts'
import { candidates, UNCONFINED } from './candidates.ts'
import type { Environment } from './clean-environment.ts'
import { confinedCommand, isRoot, type Surroundings } from './confinement.ts'
import { endingThroughBubblewrap } from './ending.ts'
import { findTools, type Tools } from './find-tool.ts'
import { DEFAULT_HOST_USER, findHostUser } from './host-user.ts'
import { type Failure, type Findings, findMeasures, levelOf } from './measures.ts'
import { pidThroughBubblewrap } from './program-pid.ts'
import type { HostUser, Measure, Sandbox, SandboxSetting } from './sandbox.ts'
import { ownNamespaces } from './sighting.ts'
import { type Attempt, tryConfinement } from './try-confinement.ts'

export interface SandboxOptions {
  readonly sandbox: SandboxSetting
  /** Name or uid of whom hosts run as where the supervisor is root. Default: `nobody`. */
  readonly user?: string
  /** It must exist. */
  readonly runFolder: string
  /** Flags every host gets; without the engine's the engine cannot be tried. */
  readonly nodeFlags: readonly string[]
  /** The supervisor's own; hosts get little of it. */
  readonly environment: Environment
  /** Files and folders hosts may read beyond the installation. They must exist. */
  readonly readPaths?: readonly string[]
}

const NO_TOOLS: Tools = { bwrap: undefined, setpriv: undefined, prlimit: undefined }

/** @throws IsopodError `SANDBOX_UNAVAILABLE` or `INVALID_OPTION` */
export async function planSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { sandbox: setting, user: userName = DEFAULT_HOST_USER, environment } = options
  const surroundings: Surroundings = {
    environment,
    readPaths: (options.readPaths ?? []).map((path) => realpathSync(path)),
  }
  const user = await chooseUser(options)
  const tools = setting === 'off' ? NO_TOOLS : await findTools(environment)
  const list = setting === 'off' ? [UNCONFINED] : candidates({ tools, isRoot: isRoot(), user })

  const failures: Failure[] = []
  for (const confinement of list) {
    const attempt: Attempt = await tryConfinement(confinement, options, surroundings)
    if (!attempt.works) {
      failures.push({ confinement, reason: attempt.reason })
      continue
    }
    const findings: Findings = {
      setting,
      tools,
      userName,
      ownUid: process.getuid?.() ?? -1,
      ownNamespaces: ownNamespaces(),
      chosen: confinement,
      sighting: attempt.sighting,
      failures,
    }
    const measures = findMeasures(findings)
    const level = levelOf(measures, findings)
    if (setting === 'strict' && level !== 'high') throw unavailable(measures)
    const isWrapped = confinement.namespaces !== 'none'
    return Object.freeze({
      level,
      measures: Object.freeze(measures),
      user: confinement.user,
      command: (request) => confinedCommand(confinement, request, surroundings),
      ending: (code, signal) => (isWrapped ? endingThroughBubblewrap(code, signal) : { code, signal }),
      programPid: (commandPid) => (isWrapped ? pidThroughBubblewrap(commandPid) : commandPid),
    } satisfies Sandbox)
  }
  throw new IsopodError('SANDBOX_UNAVAILABLE', `no host can be started on this machine: ${failures.at(-1)?.reason}`)
}

/** Undefined: hosts run as this process does. */
async function chooseUser({ sandbox, user }: SandboxOptions): Promise<HostUser | undefined> {
  if (sandbox === 'off' || (!isRoot() && user === undefined)) return undefined
  const found = await findHostUser(user ?? DEFAULT_HOST_USER)
  if (found.uid === process.getuid?.()) return undefined
  if (isRoot()) return found
  throw new IsopodError('INVALID_OPTION', `hosts cannot run as "${user}": Isopod was not started as root`)
}

function unavailable(measures: readonly Measure[]): IsopodError {
  const missing = measures.filter(({ inForce }) => !inForce).map(({ name, detail }) => `${name}: ${detail}`)
  return new IsopodError(
    'SANDBOX_UNAVAILABLE',
    `the setting "sandbox" is strict, and missing are\n  ${missing.join('\n  ')}`,
  )
}
