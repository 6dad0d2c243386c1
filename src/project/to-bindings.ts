// The names in a worker's `env` and what is behind them. Each is given once.
import type { BindingConfig } from '../version.ts'
import type { IsopodSection } from './config-section.ts'
import type { ConfigPath, ConfigProblem } from './config-text.ts'

interface Bindings {
  readonly bindings: Readonly<Record<string, BindingConfig>>
  readonly problems: readonly ConfigProblem[]
}

export function toBindings(
  { vars = {}, kv_namespaces: namespaces = [], services = [], assets }: IsopodSection,
  placeOf: (key: string) => ConfigPath,
): Bindings {
  const bindings: Record<string, BindingConfig> = {}
  const problems: ConfigProblem[] = []
  const taken = new Set(Object.keys(vars))
  const add = (name: string, binding: BindingConfig, path: ConfigPath): void => {
    if (taken.has(name)) problems.push({ path, reason: `"${name}" is the name of something else already` })
    taken.add(name)
    bindings[name] = binding
  }
  for (const [i, { binding, id }] of namespaces.entries()) {
    add(binding, { type: 'kv', namespace: id ?? binding }, [...placeOf('kv_namespaces'), i, 'binding'])
  }
  for (const [i, { binding, service, environment, entrypoint, props }] of services.entries()) {
    const path = [...placeOf('services'), i]
    const worker = environment === undefined ? service : `${service}-${environment}`
    add(binding, { type: 'service', worker }, [...path, 'binding'])
    if (entrypoint !== undefined && entrypoint !== 'default') {
      const reason = `"${binding}" names the entrypoint "${entrypoint}"; a binding reaches the default export only`
      problems.push({ path: [...path, 'entrypoint'], reason })
    }
    if (props !== undefined && Object.keys(props).length > 0) {
      problems.push({ path: [...path, 'props'], reason: `"${binding}" has props, which a worker cannot be given here` })
    }
  }
  if (assets?.binding !== undefined) add(assets.binding, { type: 'assets' }, [...placeOf('assets'), 'binding'])
  return { bindings, problems }
}
