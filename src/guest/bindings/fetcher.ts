// What a binding to another worker, or to static files, is to a program: an object with `fetch`.
import { fetchThrough } from '../fetch/fetch.ts'
import type { RequestInit } from '../fetch/request.ts'
import type { Response } from '../fetch/response.ts'
import { defineInterface } from '../webidl/interface.ts'

export class Fetcher {
  readonly #binding: string

  constructor(binding: string) {
    this.#binding = binding
  }

  /** As the global `fetch`, but answered by what the binding stands for, whatever the host name. */
  fetch(input: unknown, init?: RequestInit): Promise<Response> {
    return fetchThrough(this.#binding, input, init)
  }
}
defineInterface(Fetcher, 'Fetcher', { fetch: 1 })
