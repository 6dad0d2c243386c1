// A stack as an isolate gives it, made fit for the tenant's eyes: their frames in their own sources, none of ours.
// The text is theirs to forge, so nothing here may throw, or take more than linear time.
import type { Bundle } from '../version.ts'
import { readSourceMap } from './source-positions.ts'

/** The file name under which a version's script is compiled. */
export const TENANT_SCRIPT = 'worker.js'
/** What debuggers are told that its source map is called. */
export const TENANT_MAP = 'worker.js.map'

const MAX_STACK_LENGTH = 16 * 1024
const MAX_SOURCE_NAME_LENGTH = 512
/** Deeper frames stay as they are. */
const MAX_MAPPED_FRAMES = 100

const BOUNDARY = '(<isolated-vm boundary>)'

type Locate = (line: number, column: number) => string | undefined

/** Source names come from the bundle; a line break in one would forge a frame. */
function cleanSourceName(name: string): string {
  return name.slice(0, MAX_SOURCE_NAME_LENGTH).replace(/[\p{Cc}\u2028\u2029]/gu, '')
}

function locateBy(sourceMap: string | undefined): Locate {
  const lookUp = sourceMap === undefined ? undefined : readSourceMap(sourceMap)
  return (line, column) => {
    const found = lookUp?.(line - 1, column - 1)
    if (found === undefined) return undefined
    return `${cleanSourceName(found.source)}:${found.line + 1}:${found.column + 1}`
  }
}

/** The location as a tenant may see it; undefined where the frame is not theirs. */
function showLocation(location: string, locate: Locate): string | undefined {
  if (location === '<anonymous>' || /^index \d{1,10}$/.test(location)) return location
  // V8's own names for WebAssembly code: no file, only a hash.
  if (/^wasm:\/\/wasm\/[\w-]{1,80}:wasm-function\[\d{1,7}\]:0x[\da-f]{1,8}$/.test(location)) return location

  if (location.startsWith(`${TENANT_SCRIPT}:`)) {
    const position = /^(\d{1,8}):(\d{1,8})$/.exec(location.slice(TENANT_SCRIPT.length + 1))
    return position === null ? undefined : (locate(Number(position[1]), Number(position[2])) ?? location)
  }

  // "eval at f (worker.js:1:2), <anonymous>:3:4": where the eval was called is in the frame below anyway.
  if (location.startsWith('eval at ')) {
    const position = /^<anonymous>:\d{1,8}:\d{1,8}$/.exec(location.slice(location.lastIndexOf(', ') + 2))
    return position === null ? 'eval' : position[0].replace('<anonymous>', 'eval')
  }
  return undefined
}

/** One line `at …` without its indentation; undefined where the tenant may not see it. */
function showFrame(frame: string, locate: Locate): string | undefined {
  const body = frame.slice('at '.length)
  // A location in parentheses has such itself only for an eval; a function's name may have any.
  const evalOpen = body.indexOf(' (eval at ')
  const open = evalOpen >= 0 ? evalOpen : body.lastIndexOf(' (')
  if (open >= 0 && body.endsWith(')')) {
    const location = showLocation(body.slice(open + 2, -1), locate)
    return location === undefined ? undefined : `at ${body.slice(0, open)} (${location})`
  }
  const isAsync = body.startsWith('async ')
  const location = showLocation(isAsync ? body.slice('async '.length) : body, locate)
  return location === undefined ? undefined : `at ${isAsync ? 'async ' : ''}${location}`
}

/**
 * Returns a function that maps the frames of a version's script to its sources and drops those of the guest runtime
 * and the host. The source map is read when the first stack comes.
 */
export function createStackMapper(bundle: Bundle): (stack: string) => string {
  let locate: Locate | undefined

  return (stack) => {
    locate ??= locateBy(bundle.sourceMap)
    let frames = 0
    const lines: string[] = []
    for (const line of stack.slice(0, MAX_STACK_LENGTH).split('\n')) {
      const frame = line.trim()
      if (!frame.startsWith('at ') || line === frame) {
        lines.push(line)
        continue
      }
      // What follows is the host's stack.
      if (frame.endsWith(BOUNDARY)) break
      frames += 1
      const shown = showFrame(frame, frames > MAX_MAPPED_FRAMES ? () => undefined : locate)
      if (shown !== undefined) lines.push(`    ${shown}`)
    }
    return lines.join('\n')
  }
}
