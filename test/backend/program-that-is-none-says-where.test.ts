import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProgramError } from '../../src/backend/program/program-error.ts'
import { programModule } from '../../src/backend/program/program-module.ts'

/** Code → line and column, and what is said. */
const NONE: readonly (readonly [code: string, place: string | undefined, reason: RegExp])[] = [
  ['', undefined, /There is no code/],
  ['  // only a comment\n;', undefined, /There is no code/],
  ['let x = ;', '1:9', /Syntax error/],
  ['const a = 1\nlet b: = 2', '2:8', /Syntax error/],
  ['1) + (2', '1:2', /Syntax error/],
  ['} ; {', '1:1', /./],
  ['a\n\n\n  b c', '4:4', /Syntax error/],
  ['export default (input) => {\n  throw new Error("x")', '2:23', /Syntax error/],
  ['export const a = 1', '1:1', /no default export/],
  ['import fs from "node:fs"\nexport default fs', '1:16', /cannot import "node:fs"/],
  ['export { default } from "x"', '1:25', /cannot import "x"/],
  ['\nenum A { B }\nA.B', '2:1', /enum/],
  ['('.repeat(1000), '1:301', /levels deep/],
]

for (const [code, place, reason] of NONE) {
  test(`${JSON.stringify(code.slice(0, 40))} is none, at ${place}`, () => {
    assert.throws(
      () => programModule(code),
      (error) => {
        assert.ok(error instanceof ProgramError)
        assert.equal(error.code, 'INVALID_PROGRAM')
        assert.match(error.message, reason)
        const { position } = error
        assert.equal(position === undefined ? undefined : `${position.line}:${position.column}`, place)
        return true
      },
    )
  })
}
