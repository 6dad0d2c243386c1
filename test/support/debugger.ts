// A debugger as an editor has one: it finds what runs by the list, sets breakpoints in the project's own files by way of
// the source map, and talks over a WebSocket.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { SourceMap } from 'node:module'
import { WebSocket } from 'ws'
import { request } from './cli.ts'

interface Target {
  readonly id: string
  readonly title: string
  readonly webSocketDebuggerUrl: string
}

type Fields = Record<string, unknown>

interface Script {
  readonly scriptId: string
  readonly url: string
  readonly sourceMapURL: string
}

export interface Paused {
  readonly callFrames: readonly { readonly callFrameId: string; readonly functionName: string }[]
}

export async function debuggerTargets(port: number): Promise<readonly Target[]> {
  return (await request(port, '/json/list')).json() as readonly Target[]
}

export class Debugger implements Disposable {
  readonly #socket: WebSocket
  readonly #answers = new Map<number, (answer: Fields) => void>()
  readonly #events: { readonly method: string; readonly params: Fields }[] = []
  readonly closed: Promise<unknown>
  #lastId = 0
  #wake: () => void = () => undefined

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.closed = once(socket, 'close')
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { id?: number; method: string; params: Fields }
      if (message.id === undefined) this.#events.push(message)
      else this.#answers.get(message.id)?.(message as unknown as Fields)
      this.#wake()
    })
  }

  static async attach({ webSocketDebuggerUrl }: Target): Promise<Debugger> {
    const socket = new WebSocket(webSocketDebuggerUrl)
    const attached = new Debugger(socket)
    await once(socket, 'open')
    await attached.send('Runtime.enable')
    await attached.send('Debugger.enable')
    return attached
  }

  async send(method: string, params: Fields = {}): Promise<Fields> {
    this.#lastId += 1
    const id = this.#lastId
    const answer = await new Promise<Fields>((resolve) => {
      this.#answers.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
    assert.equal(answer['error'], undefined, `${method}: ${JSON.stringify(answer['error'])}`)
    return answer['result'] as Fields
  }

  /** The next notification of that kind that nobody has taken. */
  async event(method: string): Promise<Fields> {
    for (;;) {
      const index = this.#events.findIndex((event) => event.method === method)
      if (index >= 0) return this.#events.splice(index, 1)[0]?.params ?? {}
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async paused(): Promise<Paused> {
    return (await this.event('Debugger.paused')) as unknown as Paused
  }

  /** @param place - URL of a file of the project, and a line of it, from 1 */
  async breakAt({ file, line }: { readonly file: string; readonly line: number }): Promise<void> {
    const script = this.#events
      .filter(({ method }) => method === 'Debugger.scriptParsed')
      .map(({ params }) => params as unknown as Script)
      .find(({ sourceMapURL }) => sourceMapURL.startsWith('data:application/json;base64,'))
    assert.ok(script !== undefined, 'no script has a source map')
    const map = Buffer.from(script.sourceMapURL.split(',')[1] ?? '', 'base64').toString()
    const position = generatedPosition(map, { file, line })
    const { locations } = await this.send('Debugger.setBreakpointByUrl', { url: script.url, ...position })
    assert.equal((locations as unknown[]).length, 1)
  }

  /** The value of an expression in the innermost frame. */
  async evaluate({ callFrames }: Paused, expression: string): Promise<unknown> {
    const callFrameId = callFrames[0]?.callFrameId
    const { result } = await this.send('Debugger.evaluateOnCallFrame', { callFrameId, expression })
    return (result as Fields)['value']
  }

  [Symbol.dispose](): void {
    this.#socket.terminate()
  }
}

function generatedPosition(
  mapText: string,
  { file, line }: { readonly file: string; readonly line: number },
): { lineNumber: number; columnNumber: number } {
  const map = new SourceMap(JSON.parse(mapText))
  const lines = (JSON.parse(mapText) as { mappings: string }).mappings.split(';').length
  for (let lineNumber = 0; lineNumber < lines; lineNumber += 1) {
    for (let columnNumber = 0; columnNumber < 200; columnNumber += 1) {
      const entry = map.findEntry(lineNumber, columnNumber)
      if (!('originalSource' in entry) || entry.generatedLine !== lineNumber) continue
      if (entry.originalSource === file && entry.originalLine === line - 1) {
        return { lineNumber, columnNumber: entry.generatedColumn }
      }
    }
  }
  throw new Error(`the source map has no line ${line} of ${file}`)
}
