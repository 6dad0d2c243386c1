// The program of the process that bundles the entries of `isopod serve` and deploys them to it, at first and whenever
// their files change. The server itself takes finished bundles only, from here as from anybody else. Bundling begins
// while the server starts; where to deploy to is told when it is there.
import { IsopodError } from '../errors.ts'
import type { Bundle, CompatibilityFlag } from '../version.ts'
import { packBundle } from '../wire/version-text.ts'
import { reportError } from './report-error.ts'
import { serveEntries } from './worker-entries.ts'
import type { EntryArgument } from './worker-name.ts'

export interface DeployEntriesOptions {
  readonly entries: readonly EntryArgument[]
  readonly watch: boolean
  readonly stack: boolean
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
}

interface Refusal {
  readonly error?: { readonly code: string; readonly message: string }
}

const options = JSON.parse(process.argv[2] ?? '{}') as DeployEntriesOptions
const adminPort = new Promise<number>((resolve) => {
  process.once('message', (port: number) => resolve(port))
})

async function deploy(worker: string, bundle: Bundle): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${await adminPort}/api/workers/default/${worker}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ bundle: packBundle(bundle) }),
  })
  if (response.ok) return
  const { error } = (await response.json().catch(() => ({}))) as Refusal
  if (error === undefined) throw new Error(`the server answered with ${response.status}`)
  throw new IsopodError(error.code as IsopodError['code'], error.message)
}

// Ctrl-C reaches the whole process group; ending is the supervisor's to decide.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
try {
  await serveEntries(options.entries, { ...options, load: deploy })
  process.send?.('deployed')
} catch (error) {
  reportError(error, { stack: options.stack })
  process.exit(1)
}
