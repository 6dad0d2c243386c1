// The host halves of bindings in this process, for all its versions.
import type { BindingSource } from '../../ops/bindings/binding.ts'
import type { PieceSource } from '../assets/asset-body.ts'
import type { Router } from '../destination.ts'
import { assetsBinding } from './assets-binding.ts'
import { serviceBinding } from './service-binding.ts'

export interface HostBindingsOptions {
  /** Who answers for other workers; asked for with each request. */
  readonly router: () => Router
  /** Where the contents of static files come from, if there are any here. */
  readonly pieces?: PieceSource | undefined
}

export function hostBindings({ pieces, router }: HostBindingsOptions): BindingSource {
  return {
    open(version, config) {
      const { assets, tenant } = version
      switch (config.type) {
        case 'service':
          return serviceBinding(router(), { tenant, worker: config.worker })
        case 'assets':
          return assets === undefined || pieces === undefined
            ? undefined
            : assetsBinding({ ...version, assets }, pieces)
        case 'kv':
          return undefined
      }
    },
  }
}
