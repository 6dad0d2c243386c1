import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseByUse } from '../../src/backend/auto.ts'
import { programModule } from '../../src/backend/program/program-module.ts'

const chosen = (code: string): string => chooseByUse(programModule(code)).name

test('what needs nothing else runs in an isolate', () => {
  for (const code of [
    'input + 1',
    'const n: number = 1; n',
    'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
    '"Deno.cwd() and require" /* process.exit */ + `Bun`',
    'input.process + input.Deno.require',
    '({ process: 1, Deno() {} })',
    '(process) => process.name',
    'const require = (name) => name; require("fs")',
  ]) {
    assert.equal(chosen(code), 'isolate', code)
  }
})

test('what uses Deno, or what only Deno has, runs there', () => {
  for (const code of [
    'Deno.version.deno',
    'globalThis.Deno.version',
    'export default () => Deno.memoryUsage()',
    'process.uptime()',
    '(await import("node:path")).join("a", "b")',
  ]) {
    assert.equal(chosen(code), 'deno', code)
  }
})

test('what neither can run is refused by its name', () => {
  for (const [code, name] of [
    ['require("fs").readFileSync("/a")', 'require'],
    ['Bun.version', 'Bun'],
    ['process.binding("fs")', 'process.binding'],
    ['await import("node:fs/promises")', 'node:fs/promises'],
    ['await import("npm:zod")', 'npm:zod'],
    ['await import("https://example.com/a.js")', 'https://example.com/a.js'],
  ] as const) {
    assert.throws(
      () => chosen(code),
      (error: Error & { readonly code?: string }) => error.code === 'INVALID_PROGRAM' && error.message.includes(name),
      code,
    )
  }
})

test('the answer says why', () => {
  assert.match(chooseByUse(programModule('Deno.version')).reason, /Deno/)
  assert.match(chooseByUse(programModule('1')).reason, /isolates/)
})
