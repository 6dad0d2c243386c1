import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { tableRows } from '../support/markdown-table.ts'

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'command-line.md'), 'utf8')

test('docs/command-line.md lists exactly the commands', async () => {
  const { stdout } = await runCli(['--help'])
  const commands = stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}(\w+)/gm)
  const names = [...commands].map(([, name]) => name).filter((name) => name !== 'help')
  assert.deepEqual(
    tableRows(PAGE, 'command').map(([command = '']) => /^`?(\w+)/.exec(command)?.[1]),
    names,
  )
})
