// The host halves of bindings in this process, for all its versions.
import type { BindingSource } from '../../ops/bindings/binding.ts'
import type { Router } from '../destination.ts'
import { serviceBinding } from './service-binding.ts'

export interface HostBindingsOptions {
  /** Who answers for other workers; asked for with each request. */
  readonly router: () => Router
}

export function hostBindings({ router }: HostBindingsOptions): BindingSource {
  return {
    open({ tenant }, config) {
      switch (config.type) {
        case 'service':
          return serviceBinding(router(), { tenant, worker: config.worker })
        case 'assets':
        case 'kv':
          return undefined
      }
    },
  }
}
