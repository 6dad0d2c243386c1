// A worker's program as the runtime takes it: one immutable bundle with its settings.
import type { Assets } from './assets.ts'
import type { Limits } from './limits.ts'

export const MODES = ['worker', 'shared', 'pool', 'persistent'] as const
/** A policy over instances; `docs/modes.md` says how to choose. */
export type Mode = (typeof MODES)[number]

export const CLOCKS = ['frozen', 'real'] as const
/** Whether the clocks of workers stand still while their code runs, or go on. */
export type Clock = (typeof CLOCKS)[number]

export const COMPATIBILITY_FLAGS = ['nodejs_compat'] as const
/** What a worker is bundled with beyond web APIs. `nodejs_compat`: some of Node's modules and globals. */
export type CompatibilityFlag = (typeof COMPATIBILITY_FLAGS)[number]

/** The most a version may ask each host to keep ready. */
export const MOST_WARM = 32

/** A file that belongs to a bundle without being script. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'wasm'; readonly bytes: Uint8Array }

/** Which files are imported as parts of which kind, beyond those that are by their ending. */
export interface PartRule {
  readonly type: Part['type']
  /** Compared with a file's path from the project's folder; one without "/" with its name alone. */
  readonly globs: readonly string[]
}

/** One classic script in Isopod's form (see `bundle/script-form.ts`), with the files it imports and its source map. */
export interface Bundle {
  readonly script: string
  readonly parts: Readonly<Record<string, Part>>
  /** Source map of `script`, version 3, as JSON; sources are relative to the project. */
  readonly sourceMap?: string
}

/** JSON that is handed to the worker as `env`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What a name of `env` stands for, where that is no JSON. */
export type BindingConfig =
  /** A store of keys and values of the same tenant. */
  | { readonly type: 'kv'; readonly namespace: string }
  /** Another worker of the same tenant. */
  | { readonly type: 'service'; readonly worker: string }
  /** The static files that were deployed with the version. */
  | { readonly type: 'assets' }

/**
 * What `fetch` may reach beyond, and short of, all public addresses. A version's policy and the operator's hold together:
 * what either denies is denied, both must have a host in their `hosts`, and what either allows is allowed.
 */
export interface NetworkPolicy {
  /** Addresses and CIDR ranges that are reachable although they are not public, such as `10.1.2.0/24`. */
  readonly allow?: readonly string[]
  /** Never reached: addresses, CIDR ranges, host names, `*.example.com` for all names below one, `*` for everything. */
  readonly deny?: readonly string[]
  /** When given, only these hosts are reached: names or `*.example.com`. */
  readonly hosts?: readonly string[]
}

export interface Version {
  /** Unique in an installation; given by whoever keeps its versions, and told to those who ask who did damage. */
  readonly number?: number
  /** Owner; workers of different tenants never share an isolate. */
  readonly tenant: string
  /** Unique within the tenant. */
  readonly worker: string
  /** Unique within the worker; changes with every deploy. */
  readonly id: string
  readonly bundle: Bundle
  readonly mode?: Mode
  readonly limits?: Partial<Limits>
  /** Instances that each host keeps ready for it, from 0 to {@link MOST_WARM}. Default 0: its first task loads it. */
  readonly minWarm?: number
  readonly env?: { readonly [key: string]: Json }
  /** Further names of `env`. */
  readonly bindings?: { readonly [name: string]: BindingConfig }
  readonly network?: NetworkPolicy
  /** Names in `env` that are secrets: whoever holds the version lets go of it when nothing of it runs. */
  readonly secretNames?: readonly string[]
  /** Static files that are served with it. */
  readonly assets?: Assets
}
