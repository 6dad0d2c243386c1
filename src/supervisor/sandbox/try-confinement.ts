// Whether a confinement works here: a process is started in it as a host would be, and tells what it sees.
import { spawn } from 'node:child_process'
import { programPath } from '../../programs.ts'
import { killGroup, onceEnded } from '../kill-group.ts'
import { confinedCommand, type Confinement, type Surroundings } from './confinement.ts'
import type { Sighting } from './sighting.ts'

/** What takes longer hangs. A busy machine is no reason to give up a measure. */
const TIMEOUT_MS = 30_000

export interface Needs {
  readonly runFolder: string
  readonly nodeFlags: readonly string[]
}

export type Attempt =
  | { readonly works: true; readonly sighting: Sighting }
  | { readonly works: false; readonly reason: string }

export function tryConfinement(confinement: Confinement, needs: Needs, surroundings: Surroundings): Promise<Attempt> {
  const { runFolder } = needs
  const request = {
    program: programPath('probe-sandbox'),
    args: [runFolder],
    // Beyond what hosts may read.
    nodeFlags: [...needs.nodeFlags, '--allow-fs-read=/proc', `--allow-fs-read=${runFolder}`],
    runFolder,
  }
  const { command, args, ...options } = confinedCommand(confinement, request, surroundings)
  return new Promise((resolve) => {
    const fails = (reason: string): void => resolve({ works: false, reason })
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const timer = setTimeout(() => killGroup(child), TIMEOUT_MS)
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(0, 10_000)
    })
    child.on('message', (sighting: Sighting) => resolve({ works: true, sighting }))
    child.on('error', (error) => {
      clearTimeout(timer)
      fails(error.message)
    })
    onceEnded(child, (code, signal) => {
      clearTimeout(timer)
      fails(essence(complaint) ?? `it ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

/** Of what a tool or Node writes before it gives up, the line that says why. */
function essence(complaint: string): string | undefined {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '')
  return (lines.find((line) => /^\w*(?:Error|bwrap|setpriv|prlimit)\b.*: /.test(line)) ?? lines.at(-1))?.trim()
}
