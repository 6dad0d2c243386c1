import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDevVars } from '../../src/project/dev-vars.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('variables for development come from .dev.vars, else from .env', () => {
  using dir = tmpDir()
  assert.deepEqual(readDevVars(dir.path), {})
  dir.write({ '.env': 'A=from env' })
  assert.deepEqual(readDevVars(dir.path), { A: 'from env' })
  dir.write({ '.dev.vars': '# keys\nTOKEN="a=b#c"\nEMPTY=\nexport PLAIN = x # y\nLINES="1\n2"\n' })
  assert.deepEqual(readDevVars(dir.path), { TOKEN: 'a=b#c', EMPTY: '', PLAIN: 'x', LINES: '1\n2' })
})
