// One isolate with a version in it, as debuggers find it. What V8 says passes through here: its script is called by the
// name it has in stacks everywhere, so the source map that leads to the project's own files is given by hand.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import { TENANT_MAP, TENANT_SCRIPT } from '../../instance/stack-trace.ts'
import type { EngineIsolate } from '../../isolate/engine-isolate.ts'
import type { InspectorClient, InspectorSession } from '../../isolate/inspector.ts'

interface Message {
  readonly method?: string
  readonly params?: Record<string, unknown>
}

/** isolated-vm's own context, which has nothing in it. */
const EMPTY_CONTEXT = 'default'

export class InspectTarget {
  readonly id: string = randomUUID()
  readonly title: string
  readonly #isolate: EngineIsolate
  readonly #mapUrl: string | undefined

  /** @param folder - what names of sources are relative to */
  constructor(isolate: EngineIsolate, { version }: PreparedVersion, folder: string) {
    this.title = `${version.worker} (${version.id})`
    this.#isolate = isolate
    this.#mapUrl = version.bundle.sourceMap === undefined ? undefined : mapUrl(version.bundle.sourceMap, folder)
  }

  get isGone(): boolean {
    return this.#isolate.isDisposed
  }

  /** Undefined when the isolate has gone. */
  attach(client: InspectorClient): InspectorSession | undefined {
    let context: unknown
    const session = this.#isolate.inspect({
      closed: () => client.closed(),
      send: (text) => {
        if (text.startsWith('{"method":"Runtime.executionContextCreated"')) {
          const created = (JSON.parse(text) as Message).params?.['context'] as Record<string, unknown>
          if (created['name'] === EMPTY_CONTEXT) return
          context = created['id']
        }
        client.send(text.startsWith('{"method":"Debugger.scriptParsed"') ? this.#withMap(text) : text)
      },
    })
    if (session === undefined) return undefined
    return {
      receive: (text) => session.receive(context === undefined ? text : inContext(text, context)),
      [Symbol.dispose]: () => session[Symbol.dispose](),
    }
  }

  #withMap(text: string): string {
    const message = JSON.parse(text) as Message
    const { url, sourceMapURL } = message.params ?? {}
    if (url !== TENANT_SCRIPT || sourceMapURL !== TENANT_MAP) return text
    return JSON.stringify({ ...message, params: { ...message.params, sourceMapURL: this.#mapUrl ?? '' } })
  }
}

/** V8 has no context of the worker's to choose where a debugger names none. */
function inContext(text: string, context: unknown): string {
  if (!text.includes('"Runtime.evaluate"')) return text
  const message = JSON.parse(text) as Message
  const { params } = message
  if (message.method !== 'Runtime.evaluate' || params?.['contextId'] !== undefined) return text
  if (params?.['uniqueContextId'] !== undefined) return text
  return JSON.stringify({ ...message, params: { ...params, contextId: context } })
}

function mapUrl(sourceMap: string, folder: string): string {
  const map = JSON.parse(sourceMap) as { readonly sources: readonly string[] }
  const sources = map.sources.map((source) => pathToFileURL(join(folder, source)).href)
  const text = JSON.stringify({ ...map, sources })
  return `data:application/json;base64,${Buffer.from(text).toString('base64')}`
}
