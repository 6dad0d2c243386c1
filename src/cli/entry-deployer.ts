// The deployer of entries as the supervisor's process sees it.
import { spawn } from 'node:child_process'
import { programPath } from '../programs.ts'
import type { ClientOptions } from '../client/client.ts'
import type { DeployEntriesOptions } from './deploy-entries-process.ts'

export type DeployTarget = Pick<ClientOptions, 'url' | 'token'>

export interface EntryDeployer {
  /** Resolves when all entries answer; false where one cannot be deployed, which it has said why. */
  deployTo(server: DeployTarget): Promise<boolean>
  /** Resolves when it gives up before that. */
  readonly failed: Promise<void>
  stop(): void
}

export function startDeployer(
  options: DeployEntriesOptions,
  output: (fd: 1 | 2, chunk: Uint8Array) => void,
): EntryDeployer {
  const args = [programPath('deploy-entries'), JSON.stringify(options)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  child.stdout?.on('data', (chunk: Uint8Array) => output(1, chunk))
  child.stderr?.on('data', (chunk: Uint8Array) => output(2, chunk))
  const deployed = new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true))
    child.once('close', () => resolve(false))
  })
  return {
    deployTo(server) {
      if (child.connected) child.send(server, () => undefined)
      return deployed
    },
    failed: new Promise((resolve) => {
      void deployed.then((isDeployed) => {
        if (!isDeployed) resolve()
      })
    }),
    stop: () => void child.kill('SIGKILL'),
  }
}
