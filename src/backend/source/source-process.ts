// Run by `source-bundler.ts` as a process of its own: makes a bundle of one module's text, and runs none of it.
import { bundleSource } from '../../bundle/bundle-source.ts'
import { type ErrorCode, IsopodError } from '../../errors.ts'
import type { Bundle } from '../../version.ts'

export interface ModuleSource {
  readonly code: string
  /** Its name in stacks and messages; by its ending it is TypeScript or JavaScript. */
  readonly file: string
}

export type SourceReply =
  | { readonly type: 'bundle'; readonly bundle: Bundle }
  | { readonly type: 'problem'; readonly code: ErrorCode; readonly message: string }

function bundle({ code, file }: ModuleSource): SourceReply {
  try {
    return { type: 'bundle', bundle: bundleSource(code, { filename: file }) }
  } catch (error) {
    if (error instanceof IsopodError) return { type: 'problem', code: error.code, message: error.message }
    return { type: 'problem', code: 'BUNDLE_FAILED', message: String(error) }
  }
}

process.on('message', (source: ModuleSource) => {
  process.send?.(bundle(source))
})
