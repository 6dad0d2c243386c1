// What a sandbox is to the supervisor: how to start a host in it, and what that protects from a host that was taken over,
// which is to say that tenant code has broken out of V8 and does with the process what it likes.

export const MEASURES = [
  'clean environment',
  'permission model',
  'unprivileged user',
  'no new privileges',
  'namespaces',
  'no core dumps',
] as const

export type MeasureName = (typeof MEASURES)[number]

export interface Measure {
  readonly name: MeasureName
  /** As seen in a process that was started so, not as asked for. */
  readonly inForce: boolean
  /** What was seen; where it is not in force, why, and what to do. */
  readonly detail: string
}

/**
 * - `high`: every measure is in force. A host that was taken over sees no file but the installation, no process but itself.
 * - `medium`: files and processes of the supervisor's user are out of its reach, by another user or by namespaces.
 * - `low`: it can do what the supervisor's user can. Only JavaScript that reaches Node, not native code, is held.
 */
export type SandboxLevel = 'low' | 'medium' | 'high'

/** `auto`: the strongest that works here; `strict`: level high or no start; `off`: what Node itself offers, and no more. */
export type SandboxSetting = 'auto' | 'strict' | 'off'

export interface HostUser {
  readonly uid: number
  readonly gid: number
}

export interface SandboxRequest {
  /** Absolute path of the program. */
  readonly program: string
  readonly args: readonly string[]
  /** Flags of Node beyond the sandbox's own. */
  readonly nodeFlags: readonly string[]
  /** Absolute path of the folder with the sockets hosts connect to and listen on: all they can write to. */
  readonly runFolder: string
}

/** For `child_process.spawn`. Descriptors and the IPC channel reach the program as they are given. */
export interface SandboxCommand {
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly uid?: number
  readonly gid?: number
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Sandbox {
  readonly level: SandboxLevel
  /** One for each of {@link MEASURES}, in that order. */
  readonly measures: readonly Measure[]
  /** Whom hosts run as where that is not the supervisor's user: the run folder and its sockets must be theirs to use. */
  readonly user: HostUser | undefined
  command(request: SandboxRequest): SandboxCommand
  /** How the program ended, from what `exit` reports about the command: some wrappers turn a signal into an exit code. */
  ending(code: number | null, signal: NodeJS.Signals | null): Ending
  /** The program's own process id, from the command's: they differ where a wrapper stays. Undefined once it has ended. */
  programPid(commandPid: number): number | undefined
}
