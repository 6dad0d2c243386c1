// The guest halves of bindings: each makes requests that its host half answers (see `ops/bindings/binding.ts`).
import { Fetcher } from './fetcher.ts'
import { KVNamespace } from './kv-namespace.ts'

export type BindingKind = 'kv' | 'service' | 'assets'

/** @param name - the binding's in `env`, by which the host knows it */
export function createBinding(name: string, kind: BindingKind): object {
  switch (kind) {
    case 'assets':
    case 'service':
      return new Fetcher(name)
    case 'kv':
      return new KVNamespace(name)
  }
}
