// What a worker reaches through a name of its `env`, as instances see it. Every kind of binding is an HTTP exchange inside
// the installation: the guest half makes the request, the host half answers it, and bodies, aborts and limits are those
// of any subrequest. Credentials stay on this side.
import type { BindingConfig, Version } from '../../version.ts'
import type { SubrequestInit, SubrequestResponse } from '../fetch.ts'

export interface BindingContext {
  /** Fires when the task is over; frees a response nobody read. */
  readonly signal: AbortSignal
  /** How many workers stand behind the task that asks: 0 where a client did. */
  readonly depth: number
}

export interface Binding {
  /** Rejects with an Error whose message is meant for the worker's author. */
  fetch(request: SubrequestInit, context: BindingContext): Promise<SubrequestResponse>
}

/** Who makes the host halves; a host has one for all its versions. */
export interface BindingSource {
  /** Undefined where this process offers no such kind. */
  open(version: Version, config: BindingConfig): Binding | undefined
}
