// Runs a script in Isopod's form in a `node:vm` context, as the guest would in an isolate.
import { createContext, runInContext, runInThisContext } from 'node:vm'
import { TENANT_SCRIPT } from '../../src/instance/stack-trace.ts'
import type { Bundle, Part } from '../../src/version.ts'

export type Exports = Record<string, unknown>
type Program = (part: (name: string) => unknown) => Exports | Promise<Exports>

// Node's types have no WebAssembly.
const compile = runInThisContext('(bytes) => new WebAssembly.Module(bytes)') as (bytes: Uint8Array) => object

function partValue(part: Part | undefined): unknown {
  switch (part?.type) {
    case 'text':
      return part.text
    case 'data':
      return part.bytes.slice().buffer
    case 'wasm':
      return compile(part.bytes.slice())
    case undefined:
      throw new Error('no such part')
  }
}

/** What the program's function returns: exports, or a promise of them. */
export function startScript(bundle: Pick<Bundle, 'script' | 'parts'>): Exports | Promise<Exports> {
  const programs: Program[] = []
  const context = createContext({ __isopod__: (program: Program) => void programs.push(program), console, URL })
  const completion: unknown = runInContext(bundle.script, context, { filename: TENANT_SCRIPT })
  const [program] = programs
  if (completion !== 0 || program === undefined || programs.length !== 1) throw new Error('not in script form')
  return program((name) => partValue(bundle.parts[name]))
}

export async function runScript(bundle: Pick<Bundle, 'script' | 'parts'>): Promise<Exports> {
  return startScript(bundle)
}
