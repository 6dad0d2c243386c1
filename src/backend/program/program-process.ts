// Run by `program-reader.ts` as a process of its own: parses what strangers submit, runs none of it.
import { bundleSource } from '../../bundle/bundle-source.ts'
import type { Position } from '../../problem-text.ts'
import type { Bundle } from '../../version.ts'
import { PROGRAM_FILE } from '../backend.ts'
import { ProgramError } from './program-error.ts'
import { type Program, programModule, type SourceLanguage } from './program-module.ts'

export type ReadRequest =
  | { readonly wanted: 'program'; readonly code: string; readonly language: SourceLanguage | undefined }
  | { readonly wanted: 'bundle'; readonly module: string }

export type ReadReply =
  /** With what an isolate runs: who reads one wants the other next. */
  | { readonly type: 'program'; readonly program: Program; readonly bundle: Bundle }
  | { readonly type: 'bundle'; readonly bundle: Bundle }
  | { readonly type: 'problem'; readonly reason: string; readonly position: Position | undefined }

function read(request: ReadRequest): ReadReply {
  try {
    if (request.wanted === 'bundle') return { type: 'bundle', bundle: bundleOf(request.module) }
    const program = programModule(request.code, request.language)
    return { type: 'program', program, bundle: bundleOf(program.module) }
  } catch (error) {
    if (error instanceof ProgramError) return { type: 'problem', reason: error.reason, position: error.position }
    return { type: 'problem', reason: error instanceof Error ? error.message : String(error), position: undefined }
  }
}

function bundleOf(module: string): Bundle {
  return bundleSource(module, { filename: PROGRAM_FILE })
}

process.on('message', (request: ReadRequest) => {
  process.send?.(read(request))
})
