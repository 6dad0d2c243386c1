// What control remembers. One interface, so that the state of an installation can live elsewhere than in one file.
import type { TenantQuota } from '../quota.ts'
import type { NetworkPolicy } from '../version.ts'
import type { Incident } from '../wire/incident.ts'
import type { VersionText } from '../wire/version-text.ts'

export interface WorkerName {
  readonly tenant: string
  readonly worker: string
}

/** A version without its bundle. */
export interface VersionRow extends WorkerName {
  readonly number: number
  readonly id: string
  /** Its own limit, where it has one, in milliseconds. */
  readonly wallMs: number | undefined
  /** Instances that each host keeps ready for it. */
  readonly minWarm: number
}

/** What a version is told of besides its program. */
export interface VersionNote {
  /** Who made it, and why. */
  readonly author: string
  readonly message: string
  /** Unix time in milliseconds. */
  readonly time: number
}

export type ListedVersion = VersionRow & VersionNote

export interface Share {
  readonly number: number
  /** Of the worker's requests; all shares of a deployment add up to 100. */
  readonly percent: number
}

/** Which versions answer for a worker from a moment on. */
export interface DeploymentRow extends WorkerName, VersionNote {
  readonly number: number
  readonly split: readonly Share[]
}

/** The versions that answer for a worker, the one with the largest share first. */
export type Split = readonly (Share & { readonly row: VersionRow })[]

export interface StoredVersion {
  readonly version: VersionText
  /** Made by a process that runs no tenant's code. */
  readonly codeCache: Uint8Array | undefined
}

/** A version with all there is of it. */
export interface KeptVersion extends StoredVersion {
  readonly row: ListedVersion
}

export interface TenantRow {
  readonly tenant: string
  readonly vouched: boolean
  readonly tier: 'main' | 'probation'
  /** Since it came to probation. */
  readonly cleanTasks: number
  readonly probationMs: number
  /** What the operator grants and forbids the tenant; see `NetworkPolicy`. */
  readonly network: NetworkPolicy
  readonly quota: TenantQuota
  /** Its share of a host's time beside others'. */
  readonly weight: number
  /** Grows with each change that its workers have to be loaded anew for. */
  readonly revision: number
}

export interface QuarantineRow extends WorkerName {
  /** Of the version that did damage last. */
  readonly number: number
  readonly strikes: number
  readonly reason: string
  /** Unix time in milliseconds. */
  readonly until: number
}

/** Every change is durable when the call returns. */
export interface Store extends Disposable {
  /** Gives the version its number. */
  addVersion(version: Omit<VersionText, 'number' | 'id'> & { readonly id?: string }, note: VersionNote): VersionRow
  setCodeCache(number: number, codeCache: Uint8Array): void
  version(number: number): StoredVersion | undefined
  versionRow(number: number): VersionRow | undefined
  removeVersion(number: number): void
  /** Of a worker, newest first. */
  versions(worker: WorkerName): ListedVersion[]

  /** From now on these versions answer for the worker; others beyond some of the newest are forgotten. */
  addDeployment(worker: WorkerName, split: readonly Share[], note: VersionNote): void
  /** Of a worker, newest first; versions they name may be gone. */
  deployments(worker: WorkerName): DeploymentRow[]
  removeWorker(worker: WorkerName): void
  workers(): Split[]

  /** All of them, or none where that fails. */
  saveTenants(tenants: readonly TenantRow[]): void
  tenants(): TenantRow[]

  saveQuarantine(row: QuarantineRow): void
  removeQuarantine(worker: WorkerName): void
  quarantine(): QuarantineRow[]

  addIncident(incident: Incident): void
  /** Newest first. */
  incidents(): Incident[]
}
