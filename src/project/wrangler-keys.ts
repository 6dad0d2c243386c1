// The keys of wrangler's format that Isopod does not go by. Those without which a worker runs all the same are named in a
// warning; those it would break without are refused.

/**
 * Where a key may be: in the file's root and in environments, which have the root's value unless they give their own
 * (`inherited`), or not (`section`); or in the root only (`file`).
 */
export type KeyScope = 'inherited' | 'section' | 'file'

export interface IgnoredKey {
  readonly scope: KeyScope
  /** What that means, where one might not expect it. */
  readonly note?: string
}

export interface RefusedKey {
  readonly scope: KeyScope
  /** What there is instead, or why there is nothing. */
  readonly reason: string
}

const inherited: IgnoredKey = { scope: 'inherited' }
const section: IgnoredKey = { scope: 'section' }
const file: IgnoredKey = { scope: 'file' }

export const IGNORED_KEYS: Readonly<Record<string, IgnoredKey>> = {
  access: inherited,
  account_id: inherited,
  base_dir: inherited,
  build: { scope: 'inherited', note: 'run its command yourself' },
  cache: inherited,
  compliance_region: inherited,
  dependencies_instrumentation: file,
  dev: file,
  find_additional_modules: { scope: 'inherited', note: 'modules that are imported are found' },
  first_party_worker: inherited,
  keep_names: inherited,
  keep_vars: file,
  legacy_env: file,
  logpush: inherited,
  migrations: inherited,
  minify: inherited,
  no_bundle: inherited,
  observability: inherited,
  placement: inherited,
  preserve_file_names: inherited,
  preview_urls: inherited,
  previews: inherited,
  python_modules: inherited,
  secrets: { scope: 'section', note: 'whether they are there is not checked' },
  send_metrics: file,
  streaming_tail_consumers: section,
  tail_consumers: section,
  tsconfig: { scope: 'inherited', note: 'the tsconfig.json nearest to a file is read' },
  upload_source_maps: inherited,
  usage_model: inherited,
  workers_dev: inherited,
}

const NO_SUCH_SERVICE = 'Isopod has no such service'

function missing(reason: string = NO_SUCH_SERVICE): RefusedKey {
  return { scope: 'section', reason }
}

export const REFUSED_KEYS: Readonly<Record<string, RefusedKey>> = {
  addresses: { scope: 'file', reason: 'Isopod receives no mail' },
  agent_memory: missing(),
  ai: missing(),
  ai_search: missing(),
  ai_search_namespaces: missing(),
  alias: { scope: 'file', reason: 'use "imports" of package.json, or "paths" of tsconfig.json' },
  analytics_engine_datasets: missing(),
  artifacts: missing(),
  browser: missing(),
  cloudchamber: missing('Isopod has no containers'),
  connect: missing('Isopod listens for HTTP only'),
  containers: missing('Isopod has no containers'),
  d1_databases: missing(),
  data_blobs: { scope: 'file', reason: 'import the file instead' },
  define: missing('write the value into the code, or use vars'),
  dispatch_namespaces: missing(),
  durable_objects: missing('Isopod has no Durable Objects'),
  exports: { scope: 'inherited', reason: 'Isopod has no Durable Objects and no named entrypoints' },
  flagship: missing(),
  hyperdrive: missing(),
  images: missing(),
  jsx_factory: { scope: 'inherited', reason: 'use "jsxFactory" of tsconfig.json' },
  jsx_fragment: { scope: 'inherited', reason: 'use "jsxFragmentFactory" of tsconfig.json' },
  logfwdr: { scope: 'inherited', reason: NO_SUCH_SERVICE },
  media: missing(),
  mtls_certificates: missing(),
  node_compat: { scope: 'inherited', reason: 'use the compatibility flag nodejs_compat' },
  pages_build_output_dir: { scope: 'file', reason: 'this is a project of Pages; use assets' },
  pipelines: missing(),
  queues: missing('Isopod has no queues'),
  r2_buckets: missing(),
  ratelimits: missing(),
  secrets_store_secrets: missing('use secrets of the worker'),
  send_email: missing('Isopod sends no mail'),
  site: { scope: 'file', reason: 'use assets' },
  stream: missing(),
  text_blobs: { scope: 'file', reason: 'import the file instead' },
  unsafe: missing(),
  unsafe_hello_world: missing(),
  vectorize: missing(),
  version_metadata: missing(),
  vpc_networks: missing('use fetch; the policy in network says what it reaches'),
  vpc_services: missing('use fetch; the policy in network says what it reaches'),
  wasm_modules: { scope: 'file', reason: 'import the file instead' },
  websearch: missing(),
  worker_loaders: missing(),
  workflows: missing(),
}

/** The names in `env`, or what comes nearest, that an entry of a refused key gives; nothing where the entry is empty. */
export function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value === undefined || value === null || value === false) return []
  if (typeof value !== 'object') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(namesIn)
  const record = value as Readonly<Record<string, unknown>>
  const own = ['binding', 'name', 'class_name', 'queue', 'bucket'].map((key) => record[key])
  const found = own.find((name) => typeof name === 'string')
  if (typeof found === 'string') return [found]
  const lists = [record['bindings'], record['producers'], record['consumers']].filter(Array.isArray)
  return lists.length > 0 ? lists.flatMap(namesIn) : Object.keys(record)
}
