// The functions of WebAssembly that return promises. V8's own compile on threads of V8's, and would settle their promises
// outside of any entry, where nothing limits what goes on then; in isolates that are entered from one thread they never
// settle. These compile in the entry that asked, on its CPU time.
// https://webassembly.github.io/spec/js-api/#webassembly-namespace
import { headerListOf } from '../fetch/headers.ts'
import { takeBody } from '../fetch/body.ts'
import { readBytes } from '../fetch/body-members.ts'
import { headersOfState, responseStateOf } from '../fetch/response.ts'
import {
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  RegExpPrototypeTest,
  TypedArrayPrototypeSlice,
  TypeErrorConstructor,
} from '../primordials.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { requireArguments } from '../webidl/convert.ts'
import { isObject } from '../webidl/sequence.ts'

const { Instance, Module } = WebAssembly
const { imports: importsOf } = Module

const WASM_TYPE = /^[\t ]*application\/wasm[\t ]*$/i

const functions = {
  compile(bytes: unknown): Promise<object> {
    return promised(() => {
      requireArguments(arguments.length, 1, 'WebAssembly.compile')
      return compile(stableBytes(bytes))
    })
  },

  compileStreaming(source: unknown): Promise<object> {
    return promised(() => {
      requireArguments(arguments.length, 1, 'WebAssembly.compileStreaming')
      return compileResponse(source)
    })
  },

  instantiate(source: unknown, importObject?: unknown): Promise<unknown> {
    return promised(() => {
      requireArguments(arguments.length, 1, 'WebAssembly.instantiate')
      assertImports(importObject)
      if (isModule(source)) return instantiate(source, importObject)
      return instantiateWhenCompiled(compile(stableBytes(source)), importObject)
    })
  },

  instantiateStreaming(source: unknown, importObject?: unknown): Promise<unknown> {
    return promised(() => {
      requireArguments(arguments.length, 1, 'WebAssembly.instantiateStreaming')
      assertImports(importObject)
      return instantiateWhenCompiled(compileResponse(source), importObject)
    })
  },
}

export function installWasmFunctions(): void {
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'] as const) {
    const value = functions[name]
    ObjectDefineProperty(value, 'length', { value: 1, configurable: true })
    ObjectDefineProperty(WebAssembly, name, { value, writable: true, enumerable: true, configurable: true })
  }
}

function promised<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work()
  } catch (error) {
    return PromiseReject(error)
  }
}

/** After the present code, as a compiler on another thread would be done later, too. */
function later<T>(work: () => T): Promise<T> {
  return PromisePrototypeThen(PromiseResolve(undefined), work)
}

/** What happens to them afterwards changes nothing. */
function stableBytes(source: unknown): Uint8Array {
  if (!isBufferSource(source)) throw new TypeErrorConstructor('WebAssembly takes a buffer or a view of one.')
  return TypedArrayPrototypeSlice(bytesOf(source)) as Uint8Array
}

function compile(bytes: Uint8Array): Promise<object> {
  return later(() => new Module(bytes))
}

function assertImports(importObject: unknown): void {
  if (importObject === undefined || isObject(importObject)) return
  throw new TypeErrorConstructor('The imports of a WebAssembly module must be an object.')
}

function isModule(value: unknown): value is object {
  try {
    importsOf(value as object)
    return true
  } catch {
    return false
  }
}

/** Imports are read at once, and used later. */
function instantiate(module: object, importObject: unknown): Promise<object> {
  const imports = readImports(module, importObject)
  return later(() => new Instance(module, imports))
}

function instantiateWhenCompiled(compiled: Promise<object>, importObject: unknown): Promise<unknown> {
  return PromisePrototypeThen(compiled, (module) => {
    const instance = new Instance(module, importObject as object)
    return { module, instance }
  })
}

function readImports(module: object, importObject: unknown): object | undefined {
  if (importObject === undefined) return undefined
  const wanted = importsOf(module)
  const imports = { __proto__: null } as unknown as Record<string, Record<string, unknown>>
  for (let i = 0; i < wanted.length; i++) {
    const { module: from, name } = wanted[i] as { readonly module: string; readonly name: string }
    const holder: unknown = (importObject as Record<string, unknown>)[from]
    if (!isObject(holder)) throw new TypeErrorConstructor(`The import "${from}" must be an object.`)
    imports[from] ??= { __proto__: null } as unknown as Record<string, unknown>
    imports[from][name] = (holder as Record<string, unknown>)[name]
  }
  return imports
}

/** https://webassembly.github.io/spec/web-api/#compile-a-potential-webassembly-response */
function compileResponse(source: unknown): Promise<object> {
  return PromisePrototypeThen(PromiseResolve(source), (response) => {
    const state = responseStateOf(response)
    if (state === undefined) throw new TypeErrorConstructor('WebAssembly streams from a Response only.')
    const type = headerListOf(headersOfState(state)).get('content-type')
    if (type === null || !RegExpPrototypeTest(WASM_TYPE, type)) {
      throw new TypeErrorConstructor('A response with WebAssembly must have the content type application/wasm.')
    }
    if (state.status < 200 || state.status > 299) {
      throw new TypeErrorConstructor(`The response with WebAssembly has the status ${state.status}.`)
    }
    if (state.body !== undefined) takeBody(state.body)
    return PromisePrototypeThen(readBytes(state.body), (bytes) => new Module(bytes))
  })
}
