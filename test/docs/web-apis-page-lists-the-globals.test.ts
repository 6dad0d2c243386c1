import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'
import { startRuntime } from '../support/runtime.ts'

const PAGE = readPage('docs/web-apis.md')
/** Its section on global properties, without those of JavaScript itself. */
const ECMA_429 =
  `AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey
  CustomEvent DOMException DecompressionStream ErrorEvent Event EventTarget File FormData Headers MessageChannel
  MessageEvent MessagePort Performance PromiseRejectionEvent ReadableByteStreamController ReadableStream
  ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request
  Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream
  TransformStreamDefaultController URL URLPattern URLSearchParams WritableStream WritableStreamDefaultController
  WritableStreamDefaultWriter atob btoa clearInterval clearTimeout console crypto fetch navigator onerror
  onrejectionhandled onunhandledrejection performance queueMicrotask reportError self setInterval setTimeout
  structuredClone`.split(/\s+/)
const NAMES = 'Object.getOwnPropertyNames(globalThis)'

/** What V8 puts on a global object by itself, its `console` aside, which does nothing. */
function languageGlobals(): ReadonlySet<string> {
  const names = new Set(runInNewContext(NAMES) as string[])
  names.delete('console')
  return names
}

async function workerGlobals(): Promise<readonly string[]> {
  await using t = startRuntime()
  await t.load('w', `export default { execute: () => ${NAMES} }`)
  const { output = '' } = await t.runtime.dispatch('w', { type: 'execute' })
  return JSON.parse(output) as string[]
}

test('docs/web-apis.md lists exactly the globals that are there beside the language', async () => {
  const language = languageGlobals()
  const platform = (await workerGlobals()).filter((name) => !language.has(name))
  const listed = tableRows(PAGE, 'global').map(([name = '']) => name)
  assert.deepEqual(listed, platform.toSorted())
})

test('what ECMA-429 asks for is there, as it says', () => {
  const listed = tableRows(PAGE, 'global').filter(([, by]) => by === 'ECMA-429')
  const names = new Set(listed.map(([name]) => name))
  const missing = ECMA_429.filter((name) => !names.has(name))
  assert.deepEqual(missing, [])
})

test('what it says is taken away from the language is not there', async () => {
  const globals = new Set(await workerGlobals())
  const sentence = /without ([^.]*)\./.exec(PAGE)?.[1] ?? ''
  const taken = [...sentence.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  assert.ok(taken.length > 0)
  assert.deepEqual(
    taken.filter((name) => globals.has(name)),
    [],
  )
})

test('every deviation has a reason', () => {
  for (const [where, what, why] of tableRows(PAGE, 'where')) assert.ok(where && what && why, `${where}: ${what}`)
})
