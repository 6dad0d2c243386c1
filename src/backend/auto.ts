// Which backend runs a program whose sender left the choice to us: by what the program uses. Isolates unless it needs Deno.
import { ProgramError } from './program/program-error.ts'
import type { PlatformUses } from './program/platform-uses.ts'

export interface AutoChoice {
  readonly name: 'isolate' | 'deno'
  /** As a sentence. */
  readonly reason: string
}

/** Of Node: what is of no use without the rights that no program has. */
const NEEDS_RIGHTS: ReadonlySet<string> = new Set([
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'os',
  'tls',
  'worker_threads',
])

const ISOLATE: AutoChoice = {
  name: 'isolate',
  reason: 'JavaScript and TypeScript run in isolates, which start fastest.',
}

/** @throws ProgramError for what no backend can run */
export function chooseByUse({ imports, platforms }: PlatformUses): AutoChoice {
  for (const specifier of imports) refuseImport(specifier)
  if (platforms.includes('Bun')) throw none('Bun', 'There is no such backend.')
  if (platforms.includes('process.binding')) throw none('process.binding', 'It is of the inside of Node.')
  if (platforms.includes('require')) {
    throw none('require', 'Programs are ES modules without imports: bundle what it takes into the code.')
  }
  const [module] = imports
  if (platforms.includes('Deno')) return { name: 'deno', reason: 'It uses Deno, which isolates do not have.' }
  if (module !== undefined) return { name: 'deno', reason: `It imports "${module}", which only Deno has.` }
  if (platforms.includes('process')) return { name: 'deno', reason: 'It uses process, which isolates do not have.' }
  return ISOLATE
}

function refuseImport(specifier: string): void {
  if (!specifier.startsWith('node:')) {
    throw none(
      `import("${specifier}")`,
      'Nothing is loaded for a program but modules of Node: bundle it into the code.',
    )
  }
  const [name = ''] = specifier.slice('node:'.length).split('/')
  if (NEEDS_RIGHTS.has(name)) throw none(specifier, 'Programs have no files, no network and no processes.')
}

function none(used: string, why: string): ProgramError {
  return new ProgramError(`It uses ${used}, and no backend runs that. ${why}`)
}
