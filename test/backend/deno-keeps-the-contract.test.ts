import { test } from 'node:test'
import { findDeno } from '../../src/backend/deno/deno-binary.ts'
import { DenoBackend } from '../../src/backend/deno/deno-backend.ts'
import { testContract } from './contract.ts'

if (findDeno() === undefined) {
  process.stderr.write('DENO IS NOT INSTALLED: its backend is not tested. Install it: npm install deno\n')
  test('the backend deno', { skip: 'Deno is not installed' }, () => undefined)
} else {
  testContract('deno', {
    create: () => new DenoBackend({ concurrency: 4 }),
    concurrency: 4,
    endless: 'exceededWallTime',
  })
}
