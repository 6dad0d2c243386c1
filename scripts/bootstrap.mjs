// Makes a fresh clone runnable and hands over to a TypeScript file:
//   node scripts/bootstrap.mjs [--with=<private package>] <file.ts> [argument…]
// Runs on the Node a machine happens to have (18 or later). Everything it fetches comes from the npm registry:
// a Node that isolated-vm has prebuilt binaries for, the locked dependencies, and nothing is compiled.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Lines isolated-vm ships prebuilt binaries for, with the oldest release of each that strips types silently. */
const SUPPORTED_NODE = { 24: 12, 26: 0 }
/** What is installed when the machine's own Node is none of those. */
const FALLBACK_NODE = '24.21.0'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

function isSupported(version) {
  const [major, minor] = version.split('.').map(Number)
  return minor >= (SUPPORTED_NODE[major] ?? Infinity)
}

function fail(message) {
  process.stderr.write(`isopod: ${message}\n`)
  process.exit(1)
}

function npm(args, cwd, node) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`
  const env = { ...process.env, PATH: path, npm_config_loglevel: 'error' }
  // npm hands its children the settings of the outer run; a prefix or workspace among them would misdirect this one.
  delete env.npm_config_prefix
  delete env.npm_config_local_prefix
  const { status, error } = spawnSync('npm', args, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) fail(`npm could not be started: ${error.message}`)
  if (status !== 0) fail(`"npm ${args.join(' ')}" failed in ${cwd}`)
}

/** Two starts at once install once: npm would remove under one what the other is using. */
function installOnce(isThere, install) {
  if (isThere()) return
  const lock = join(root, '.node', 'installing')
  mkdirSync(dirname(lock), { recursive: true })
  for (let isTold = false; !tryLock(lock); isTold = true) {
    if (!isTold) process.stderr.write('isopod: waiting for another start, which is installing…\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  const unlock = () => rmSync(lock, { force: true })
  process.on('exit', unlock)
  if (!isThere()) install()
  process.removeListener('exit', unlock)
  unlock()
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
  } catch (error) {
    // Its holder was killed.
    if (error.code === 'ESRCH') rmSync(lock, { force: true })
  }
  return false
}

/**
 * The npm package `node` is a pointer whose install script fetches `node-<platform>-<arch>`, which holds the binary.
 * Taking the latter directly needs no install script.
 */
function ensureNode() {
  if (isSupported(process.versions.node)) return process.execPath
  const folder = join(root, '.node')
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const packageFolder = join(folder, 'node_modules', name)
  const binary = join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const manifest = join(packageFolder, 'package.json')
  const isThere = () => existsSync(binary) && JSON.parse(readFileSync(manifest, 'utf8')).version === FALLBACK_NODE
  installOnce(isThere, () => {
    process.stderr.write(
      `isopod: Node ${process.versions.node} is not supported; installing Node ${FALLBACK_NODE} from npm…\n`,
    )
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    npm(['install', '--no-save', '--ignore-scripts', `${name}@${FALLBACK_NODE}`], folder, process.execPath)
    if (!existsSync(binary)) fail(`the npm package ${name}@${FALLBACK_NODE} holds no binary`)
  })
  return binary
}

function ensureModules(folder, node) {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  const stamp = join(folder, 'node_modules', '.installed-lock')
  const isThere = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
  installOnce(isThere, () => {
    process.stderr.write(`isopod: installing dependencies in ${folder}…\n`)
    npm(['ci', '--ignore-scripts'], folder, node)
    writeFileSync(stamp, lock)
  })
}

const args = process.argv.slice(2)
const extra = args[0]?.startsWith('--with=') ? args.shift().slice('--with='.length) : undefined
const file = args.shift()
if (file === undefined) fail('usage: node scripts/bootstrap.mjs [--with=<package>] <file.ts> [argument…]')

const node = ensureNode()
ensureModules(root, node)
if (extra !== undefined) ensureModules(join(root, extra), node)

for (const script of ['build-guest.ts', 'build-node-compat.ts', 'build-programs.ts', 'build-dashboard.ts']) {
  const { status } = spawnSync(node, [join(root, 'scripts', script)], { stdio: 'inherit' })
  if (status !== 0) fail(`scripts/${script} failed`)
}

const child = spawn(node, [join(root, file), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 128 + (signal === 'SIGINT' ? 2 : 15) : (code ?? 1)))
