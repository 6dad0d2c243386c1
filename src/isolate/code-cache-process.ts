// Run by `code-cache-maker.ts` as a process of its own: compiles scripts, runs none.
import { Script } from 'node:vm'
import { containScript } from './contained-script.ts'

export interface CompileRequest {
  readonly id: number
  readonly source: string
  /** Its code cache, or only whether it compiles as it is. */
  readonly wanted: 'cache' | 'check'
}

export interface CompileReply {
  readonly id: number
  readonly cache: Uint8Array | undefined
  /** Why it does not compile. */
  readonly problem: string | undefined
}

function compile({ id, source, wanted }: CompileRequest): CompileReply {
  try {
    if (wanted === 'cache')
      return { id, cache: new Script(containScript(source)).createCachedData(), problem: undefined }
    void new Script(source)
    return { id, cache: undefined, problem: undefined }
  } catch (error) {
    return { id, cache: undefined, problem: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (request: CompileRequest) => {
  process.send?.(compile(request))
})
