// What a configuration file says, once it has been held against `config-schema.ts`: its root, or one of its environments.
import type { Limits } from '../limits.ts'
import type { CompatibilityFlag, Json, Mode } from '../version.ts'

export interface RouteEntry {
  readonly pattern: string
  readonly custom_domain?: boolean | undefined
  readonly enabled?: boolean | undefined
}

interface CommonSection {
  readonly name?: string | undefined
  readonly main?: string | undefined
  readonly vars?: Readonly<Record<string, Json>> | undefined
  readonly kv_namespaces?: readonly { readonly binding: string; readonly id?: string | undefined }[] | undefined
  readonly services?:
    | readonly {
        readonly binding: string
        readonly service: string
        readonly environment?: string | undefined
        readonly entrypoint?: string | undefined
        readonly props?: Readonly<Record<string, unknown>> | undefined
      }[]
    | undefined
  readonly route?: RouteEntry | undefined
  readonly routes?: readonly RouteEntry[] | undefined
  readonly rules?: readonly { readonly type: string; readonly globs: readonly string[] }[] | undefined
}

interface AssetsSection {
  readonly directory: string
  readonly binding?: string | undefined
  readonly not_found_handling?: 'none' | '404-page' | 'single-page-application' | undefined
}

type Hosts = readonly string[] | undefined

export interface IsopodSection extends CommonSection {
  readonly compatibility_flags?: readonly CompatibilityFlag[] | undefined
  readonly assets?: (AssetsSection & { readonly run_worker_first?: boolean | undefined }) | undefined
  readonly triggers?: { readonly crons?: readonly string[] | undefined } | undefined
  readonly limits?: { readonly [K in keyof Limits]?: number | undefined } | undefined
  readonly tenant?: string | undefined
  readonly mode?: Mode | undefined
  readonly min_warm?: number | undefined
  readonly network?: { readonly allow?: Hosts; readonly deny?: Hosts; readonly hosts?: Hosts } | undefined
  readonly schedules?: readonly { readonly cron: string; readonly zone?: string | undefined }[] | undefined
}

export interface WranglerSection extends CommonSection {
  readonly compatibility_flags?: readonly string[] | undefined
  readonly assets?:
    | (AssetsSection & {
        readonly run_worker_first?: boolean | readonly string[] | undefined
        readonly html_handling?: string | undefined
      })
    | undefined
  readonly triggers?:
    | { readonly crons?: readonly string[] | undefined; readonly events?: readonly unknown[] | undefined }
    | undefined
  readonly limits?: { readonly cpu_ms?: number | undefined; readonly subrequests?: number | undefined } | undefined
}
