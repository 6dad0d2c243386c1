// The server of web-platform-tests, on free ports of loopback. It is started without the `wpt` command, which wants more
// of the checkout than its server does.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { killGroup, stopGroup } from '../../support/process-group.ts'

const START_LIMIT_MS = 180_000

const PROGRAM = `
import os, sys
sys.path.insert(0, os.path.join(os.getcwd(), 'tools'))
import localpaths
from serve import serve
# Scripts name the port of HTTP/2; nothing here speaks it.
serve.http2_compatible = lambda: False
serve.main()
`

/** How many of each kind its tests name. */
const PORTS: Readonly<Record<string, number>> = {
  http: 2,
  'http-local': 1,
  'http-public': 1,
  https: 2,
  'https-local': 1,
  'https-public': 1,
  ws: 1,
  wss: 1,
  h2: 1,
  'webtransport-h3': 1,
  dns: 1,
}

export interface TestServer extends AsyncDisposable {
  /** `http://localhost:<port>` */
  readonly origin: string
  /** A file as the server fills it in. */
  text(path: string): Promise<string>
}

/** @throws where python3 is missing, or the checkout has no server */
export async function startTestServer(checkout: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'isopod-wpt-'))
  const config = join(folder, 'config.json')
  const ports = await freePorts()
  writeFileSync(config, JSON.stringify(configOf(ports)))
  const child = spawn('python3', ['-B', '-c', PROGRAM, '--config', config], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    // It starts a process per port: a group can be ended as a whole.
    detached: true,
  })
  const onExit = (): void => killGroup(child)
  process.once('exit', onExit)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (output = (output + text).slice(-4000)))
  }
  const stop = async (): Promise<void> => {
    await stopGroup(child)
    process.removeListener('exit', onExit)
    rmSync(folder, { recursive: true, force: true })
  }
  const origin = `http://localhost:${ports['http']?.[0]}`
  const text = async (path: string): Promise<string> => {
    const response = await fetch(`${origin}/${path}`)
    if (!response.ok) throw new Error(`the test server answers ${response.status} for ${path}`)
    return await response.text()
  }
  try {
    const started = Promise.withResolvers<never>()
    child.once('error', (error) => started.reject(new Error(`python3 could not be started: ${error.message}`)))
    child.once('exit', (code) => started.reject(new Error(`the test server ended with code ${code}:\n${output}`)))
    await Promise.race([started.promise, untilAnswers(() => text('resources/testharness.js'))])
  } catch (error) {
    await stop()
    throw error
  }
  return { origin, text, [Symbol.asyncDispose]: stop }
}

function configOf(ports: Readonly<Record<string, readonly number[]>>): object {
  return {
    browser_host: 'localhost',
    // Must differ; few tests use it that are not about CORS.
    alternate_hosts: { alt: '127.0.0.1' },
    server_host: '127.0.0.1',
    check_subdomains: false,
    ports,
    logging: { level: 'critical' },
  }
}

async function untilAnswers(ask: () => Promise<unknown>): Promise<void> {
  const deadlineMs = performance.now() + START_LIMIT_MS
  for (;;) {
    try {
      await ask()
      return
    } catch (error) {
      if (performance.now() > deadlineMs) throw error
    }
    await delay(100)
  }
}

async function freePorts(): Promise<Record<string, number[]>> {
  const servers = Object.entries(PORTS).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => ({ kind, server: createServer().listen(0, '127.0.0.1') })),
  )
  const ports: Record<string, number[]> = {}
  for (const { kind, server } of servers) {
    if (!server.listening) await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    ports[kind] = [...(ports[kind] ?? []), address.port]
  }
  await Promise.all(servers.map(({ server }) => new Promise((resolve) => server.close(resolve))))
  return ports
}
