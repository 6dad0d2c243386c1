import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import * as isopod from '../../src/index.ts'
import { pageExamples, root, sourceExamples } from '../support/doc-examples.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('the examples of the documentation compile under the strict settings of this project', () => {
  const examples = [...pageExamples(), ...sourceExamples(Object.keys(isopod))]
  const files = examples.map(({ place, code }) => [`${place.replaceAll(/[^\w]+/g, '-')}.ts`, code])
  using dir = tmpDir({
    ...Object.fromEntries(files),
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        isolatedDeclarations: false,
        declaration: false,
        noUnusedLocals: false,
        typeRoots: [join(root, 'node_modules', '@types')],
        paths: {
          isopod: [join(root, 'src', 'index.ts')],
          'isopod/bundle': [join(root, 'src', 'bundle', 'index.ts')],
          'isopod/client': [join(root, 'src', 'client', 'client.ts')],
        },
      },
      include: ['*.ts'],
      exclude: [],
    }),
  })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', dir.path], { encoding: 'utf8' })
  assert.equal(status, 0, stdout)
})
