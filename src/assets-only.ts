// The bundle of a worker that is static files and nothing else. It stands for its own meaning: what it would ask its
// binding for, a host that recognises it answers itself, without an instance.
import type { BindingConfig, Bundle } from './version.ts'

export const ASSETS_ONLY_BUNDLE: Bundle = {
  script:
    '__isopod__((function (__part) { "use strict"; {  const __dflt ={ fetch: (request, env) => env.ASSETS.fetch(request) }\nreturn { __proto__: null, "default": __dflt } }}));0',
  parts: {},
}

/** What the version of such a bundle has for bindings. */
export const ASSETS_ONLY_BINDINGS: Readonly<Record<string, BindingConfig>> = { ASSETS: { type: 'assets' } }
