// A worker's project as its configuration file describes it: what a deploy, or a server for development, goes by.
import type { Limits } from '../limits.ts'
import type { BindingConfig, CompatibilityFlag, Json, Mode, NetworkPolicy, PartRule } from '../version.ts'

export interface AssetsConfig {
  /** Absolute. */
  readonly folder: string
  /** Name in `env`, for a worker that asks for assets itself. */
  readonly binding: string | undefined
  /** What answers where there is no such file. */
  readonly notFound: 'none' | '404-page' | 'single-page-application'
  /** The worker gets every request, those for files that there are as well. */
  readonly workerFirst: boolean
}

export interface ScheduleConfig {
  readonly cron: string
  /** IANA time zone. */
  readonly zone: string
}

export interface Project {
  /** Where the configuration file is; absolute. */
  readonly folder: string
  /** The configuration file; absolute. */
  readonly file: string
  readonly worker: string
  readonly tenant: string | undefined
  /** Absolute; undefined: there are static assets only. */
  readonly entry: string | undefined
  readonly compatibilityFlags: readonly CompatibilityFlag[]
  /** What `env` holds beside bindings. */
  readonly env: Readonly<Record<string, Json>>
  readonly bindings: Readonly<Record<string, BindingConfig>>
  readonly assets: AssetsConfig | undefined
  readonly schedules: readonly ScheduleConfig[]
  /** Host name and path, such as `example.com/api/*`. */
  readonly routes: readonly string[]
  readonly mode: Mode | undefined
  readonly limits: Partial<Limits>
  /** Instances that each host of a server keeps ready for it. */
  readonly minWarm: number | undefined
  readonly network: NetworkPolicy | undefined
  /** For the bundler: files that are not script. */
  readonly rules: readonly PartRule[]
  /** For people; whole sentences. */
  readonly warnings: readonly string[]
}
