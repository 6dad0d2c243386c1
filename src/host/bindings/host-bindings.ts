// The host halves of bindings in this process, for all its versions.
import type { BindingSource } from '../../ops/bindings/binding.ts'
import type { PieceSource } from '../assets/asset-body.ts'
import type { Router } from '../destination.ts'
import { assetsBinding } from './assets-binding.ts'
import type { KvStore } from '../kv/kv-store.ts'
import { kvBinding } from './kv-binding.ts'
import { serviceBinding } from './service-binding.ts'
import { UploadSlots } from './upload-slots.ts'

export interface HostBindingsOptions {
  /** Who answers for other workers; asked for with each request. */
  readonly router: () => Router
  /** Where the contents of static files come from, if there are any here. */
  readonly pieces?: PieceSource | undefined
  /** What KV namespaces lie in; asked for likewise. Undefined where this process has no way to them yet. */
  readonly kv: () => KvStore | undefined
}

export function hostBindings({ kv, pieces, router }: HostBindingsOptions): BindingSource {
  const uploads = new UploadSlots()
  return {
    open(version, config) {
      const { assets, number, tenant } = version
      switch (config.type) {
        case 'service':
          return serviceBinding(router(), { tenant, worker: config.worker })
        case 'kv': {
          const store = kv()
          const { namespace } = config
          const scope = { tenant, namespace, ...(number === undefined ? {} : { version: number }) }
          return store === undefined ? undefined : kvBinding({ store, uploads }, scope)
        }
        case 'assets':
          return assets === undefined || pieces === undefined
            ? undefined
            : assetsBinding({ ...version, assets }, pieces)
      }
    },
  }
}
