import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { findInstallation } from '../../src/supervisor/sandbox/installation.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const isopod = JSON.stringify({ name: 'isopod', dependencies: { addon: '1', missing: '1' } })
const addon = JSON.stringify({ name: 'addon', dependencies: { loader: '1' } })
const loader = JSON.stringify({ name: 'loader' })

function found(dir: { readonly path: string }, program: string): string[] {
  return findInstallation(join(dir.path, program)).readPaths.map((path) => path.slice(dir.path.length + 1))
}

test('a checkout: code, what was built, packages; not what else lies there', () => {
  using dir = tmpDir({
    'package.json': isopod,
    'src/host/main.ts': '',
    'build/guest.js': '',
    'data/store.db': '',
    '.env': '',
    'node_modules/addon/package.json': addon,
    'node_modules/loader/package.json': loader,
  })
  assert.deepEqual(found(dir, 'src/host/main.ts'), ['build', 'node_modules', 'package.json', 'src'])
})

test('a dependency of a project, hoisted: the packages beside it, not the project', () => {
  using dir = tmpDir({
    'package.json': '{"name":"project"}',
    'secrets.json': '',
    'node_modules/isopod/package.json': isopod,
    'node_modules/isopod/dist/package.json': '{"type":"module"}',
    'node_modules/isopod/dist/host/main.js': '',
    'node_modules/isopod/node_modules/addon/package.json': addon,
    'node_modules/loader/package.json': loader,
  })
  assert.deepEqual(found(dir, 'node_modules/isopod/dist/host/main.js'), ['node_modules'])
})

test('a workspace, whose packages lie further above', () => {
  using dir = tmpDir({
    'node_modules/loader/package.json': loader,
    'apps/one/node_modules/addon/package.json': addon,
    'apps/one/package.json': isopod,
    'apps/one/dist/main.js': '',
  })
  assert.deepEqual(found(dir, 'apps/one/dist/main.js'), [
    'apps/one/dist',
    'apps/one/node_modules',
    'apps/one/package.json',
    'node_modules',
  ])
})

test('links into a store, as pnpm makes them, and to packages elsewhere', () => {
  using dir = tmpDir({
    'store/addon@1/node_modules/addon/package.json': addon,
    'linked/loader/package.json': loader,
    'project/node_modules/.pnpm/isopod@1/node_modules/isopod/package.json': isopod,
    'project/node_modules/.pnpm/isopod@1/node_modules/isopod/dist/main.js': '',
  })
  const beside = join(dir.path, 'project/node_modules/.pnpm/isopod@1/node_modules')
  symlinkSync(join(dir.path, 'store/addon@1/node_modules/addon'), join(beside, 'addon'))
  symlinkSync(join(dir.path, 'linked/loader'), join(dir.path, 'store/addon@1/node_modules/loader'))
  symlinkSync(join(beside, 'isopod'), join(dir.path, 'project/node_modules/isopod'))
  assert.deepEqual(found(dir, 'project/node_modules/isopod/dist/main.js'), [
    'linked/loader',
    'project/node_modules',
    'store/addon@1/node_modules',
  ])
})

test('an installation reached by a link is known by its real path', () => {
  using dir = tmpDir({ 'isopod-1/package.json': isopod, 'isopod-1/dist/main.js': '' })
  mkdirSync(join(dir.path, 'opt'))
  symlinkSync(join(dir.path, 'isopod-1'), join(dir.path, 'opt', 'isopod'))
  const { program } = findInstallation(join(dir.path, 'opt', 'isopod', 'dist', 'main.js'))
  assert.equal(program, join(dir.path, 'isopod-1', 'dist', 'main.js'))
})
