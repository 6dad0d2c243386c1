// Which worker a command is about: named by options, or the project of the folder one stands in.
import type { Command } from 'commander'
import { readProject } from '../project/read-project.ts'
import type { WorkerParams } from '../server/api/worker-shapes.ts'

export const DEFAULT_TENANT = 'default'

interface WorkerOptions {
  readonly worker?: string
  readonly tenant?: string
  readonly env?: string
}

export function addWorkerOptions(command: Command): Command {
  return command
    .option('--worker <name>', "the worker; unless told, the project's in this folder")
    .option('--tenant <name>', "its tenant; unless told, the project's, or default")
    .option('-e, --env <name>', "an environment of the project's configuration")
}

export async function workerOf(command: Command): Promise<WorkerParams> {
  const { env, tenant, worker } = command.opts() as WorkerOptions
  if (worker !== undefined) return { worker, tenant: tenant ?? DEFAULT_TENANT }
  const project = await readProject(process.cwd(), env === undefined ? {} : { environment: env })
  return { worker: project.worker, tenant: tenant ?? project.tenant ?? DEFAULT_TENANT }
}
