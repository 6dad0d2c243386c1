// The program of the process that bundles the entries of `isopod serve`, or the project of `isopod dev`, and deploys them
// to it, at first and whenever their files change. The server itself takes finished bundles only, from here as from anybody else. Bundling begins
// while the server starts; where to deploy to is told when it is there.
import { type Client, createClient } from '../client/client.ts'
import type { Bundle, CompatibilityFlag, Json } from '../version.ts'
import { type BuiltProject, deployProject } from './deploy-project.ts'
import type { DeployTarget } from './entry-deployer.ts'
import { reportError } from './report-error.ts'
import { type ServedProject, serveProject } from './serve-project.ts'
import { serveEntries } from './worker-entries.ts'
import type { EntryArgument } from './worker-name.ts'
import { DEFAULT_TENANT } from './worker-option.ts'

export interface DeployEntriesOptions extends Served {
  readonly watch: boolean
  readonly stack: boolean
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
}

/** What a server is started for. */
export interface Served {
  readonly entries?: readonly EntryArgument[]
  readonly project?: ServedProject
}

const options = JSON.parse(process.argv[2] ?? '{}') as DeployEntriesOptions
const client = new Promise<Client>((resolve) => {
  process.once('message', (server: DeployTarget) => resolve(createClient(server)))
})

async function deploy(worker: string, bundle: Bundle): Promise<void> {
  await (await client).deploy({ tenant: 'default', worker }, { bundle })
}

// In development all belongs to the operator: nobody has to be vouched for.
async function deployBuilt(built: BuiltProject, env: Readonly<Record<string, Json>>): Promise<void> {
  await deployProject(await client, built, { tenant: DEFAULT_TENANT, env })
}

// Ctrl-C reaches the whole process group; ending is the supervisor's to decide.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
try {
  await serveEntries(options.entries ?? [], { ...options, load: deploy })
  if (options.project !== undefined) await serveProject(options.project, { deploy: deployBuilt, watch: options.watch })
  process.send?.('deployed')
} catch (error) {
  reportError(error, { stack: options.stack })
  process.exit(1)
}
