// Every backend there is, by name, and which one runs what. A further one is one more line in `createBackends`.
import { IsopodError } from '../errors.ts'
import { chooseByUse } from './auto.ts'
import type { Backend } from './backend.ts'
import { DenoBackend } from './deno/deno-backend.ts'
import { IsolateBackend, type IsolateBackendOptions } from './isolate-backend.ts'
import type { PlatformUses } from './program/platform-uses.ts'
import { ProgramError } from './program/program-error.ts'
import type { ProgramReader } from './program/program-reader.ts'

export interface BackendsOptions extends Pick<IsolateBackendOptions, 'concurrency' | 'host'> {
  readonly reader: ProgramReader
}

export interface Choice {
  readonly backend: Backend
  /** Why that one, as a sentence. */
  readonly reason: string
}

const NOTHING_USED: PlatformUses = { platforms: [], imports: [] }

export class Backends implements AsyncDisposable {
  readonly all: readonly Backend[]

  constructor(all: readonly Backend[]) {
    this.all = all
  }

  /**
   * @param wanted - `auto`, or the name of one
   * @param uses - of the program, for `auto`
   * @throws IsopodError `INVALID_OPTION`; `INVALID_PROGRAM` where it is for us to choose and none can run it
   */
  choose(wanted: string, uses: PlatformUses = NOTHING_USED): Choice {
    const choice = wanted === 'auto' ? chooseByUse(uses) : { name: wanted, reason: 'It was asked for.' }
    const backend = this.all.find(({ name }) => name === choice.name)
    if (backend === undefined) {
      const names = ['auto', ...this.all.map(({ name }) => name)].join(', ')
      throw new IsopodError('INVALID_OPTION', `backend: there is no "${wanted}"; it may be ${names}`)
    }
    const { problem } = backend.health()
    if (wanted === 'auto' && choice.name === 'deno' && problem !== undefined) {
      throw new ProgramError(`${choice.reason} ${problem}`)
    }
    return { backend, reason: choice.reason }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((backend) => backend.stop()))
  }
}

export function createBackends({ reader, ...options }: BackendsOptions): Backends {
  return new Backends([
    new IsolateBackend({ ...options, bundle: (module) => reader.bundle(module) }),
    new DenoBackend({ concurrency: options.concurrency }),
  ])
}
