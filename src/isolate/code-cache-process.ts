// Run by `code-cache-maker.ts` as a process of its own: compiles scripts, runs none.
import { Script } from 'node:vm'

export interface CompileRequest {
  readonly id: number
  readonly source: string
}

export interface CompileReply {
  readonly id: number
  /** Undefined where the script does not compile. */
  readonly cache: Uint8Array | undefined
}

function compile(source: string): Uint8Array | undefined {
  try {
    return new Script(source).createCachedData()
  } catch {
    return undefined
  }
}

process.on('message', ({ id, source }: CompileRequest) => {
  const reply: CompileReply = { id, cache: compile(source) }
  process.send?.(reply)
})
