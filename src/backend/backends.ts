// Every backend there is, by name, and which one runs what. A further one is one more line in `createBackends`.
import { IsopodError } from '../errors.ts'
import type { Backend } from './backend.ts'
import { IsolateBackend, type IsolateBackendOptions } from './isolate-backend.ts'
import type { ProgramReader } from './program/program-reader.ts'

export interface BackendsOptions extends Pick<IsolateBackendOptions, 'concurrency' | 'host'> {
  readonly reader: ProgramReader
}

export interface Choice {
  readonly backend: Backend
  /** Why that one, as a sentence. */
  readonly reason: string
}

export class Backends implements AsyncDisposable {
  readonly all: readonly Backend[]

  constructor(all: readonly Backend[]) {
    this.all = all
  }

  /**
   * @param wanted - `auto`, or the name of one
   * @throws IsopodError `INVALID_OPTION`
   */
  choose(wanted: string): Choice {
    const backend = this.all.find(({ name }) => name === (wanted === 'auto' ? 'isolate' : wanted))
    if (backend === undefined) {
      const names = ['auto', ...this.all.map(({ name }) => name)].join(', ')
      throw new IsopodError('INVALID_OPTION', `backend: there is no "${wanted}"; it may be ${names}`)
    }
    const reason =
      wanted === 'auto' ? 'JavaScript and TypeScript run in isolates, which start fastest.' : 'It was asked for.'
    return { backend, reason }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((backend) => backend.stop()))
  }
}

export function createBackends({ reader, ...options }: BackendsOptions): Backends {
  return new Backends([new IsolateBackend({ ...options, bundle: (module) => reader.bundle(module) })])
}
