// A real Prometheus that scrapes a server, and its linter; both are in Debian's package `prometheus`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { eventually } from './cli.ts'
import { tmpDir } from './tmp-dir.ts'

const PROMETHEUS = '/usr/bin/prometheus'
const PROMTOOL = '/usr/bin/promtool'

/** False, said loudly, where it is not installed. */
export function hasPrometheus(t: TestContext): boolean {
  if (existsSync(PROMETHEUS) && existsSync(PROMTOOL)) return true
  const message = `NO PROMETHEUS: /metrics is tested without it. Install it (apt-get install prometheus); looked for ${PROMETHEUS} and ${PROMTOOL}`
  process.stderr.write(`\n${message}\n\n`)
  t.skip(message)
  return false
}

/** What `promtool check metrics` has to say; nothing where all is well. */
export function complaintsAbout(exposition: string): string {
  const { status, stderr, stdout } = spawnSync(PROMTOOL, ['check', 'metrics'], { input: exposition, encoding: 'utf8' })
  return status === 0 ? `${stdout}${stderr}` : `${status}: ${stdout}${stderr}`
}

interface Target {
  readonly health: string
  readonly lastError: string
}

export interface Prometheus extends AsyncDisposable {
  /** Of the one that it scrapes. */
  target(): Promise<Target | undefined>
  /** Values of an expression at this moment, by their labels in JSON. */
  query(expression: string): Promise<ReadonlyMap<string, number>>
  /** What it measures of itself: the sum of the samples with that name. */
  own(metric: string): Promise<number>
}

export interface PrometheusOptions {
  readonly targetPort: number
  readonly token?: string
}

/** Resolves when it has scraped the server once. */
export async function startPrometheus({ targetPort, token }: PrometheusOptions): Promise<Prometheus> {
  const port = await freePort()
  const authorization = token === undefined ? '' : `\n    authorization: { credentials: '${token}' }`
  const folder = tmpDir({
    'prometheus.yml': `global: { scrape_interval: 200ms, scrape_timeout: 200ms }
scrape_configs:
  - job_name: isopod${authorization}
    static_configs: [{ targets: ['127.0.0.1:${targetPort}'] }]
`,
  })
  const child = spawn(
    PROMETHEUS,
    [
      `--config.file=${join(folder.path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const base = `http://127.0.0.1:${port}`
  const log = logOf(child)
  const prometheus: Prometheus = {
    async target() {
      const answer = await dataOf<{ readonly activeTargets: readonly Target[] }>(`${base}/api/v1/targets`)
      return answer.activeTargets[0]
    },
    async query(expression) {
      const { result } = await dataOf<{ readonly result: readonly Series[] }>(
        `${base}/api/v1/query?query=${encodeURIComponent(expression)}`,
      )
      return new Map(result.map(({ metric, value: [, value] }) => [labelsOf(metric), Number(value)]))
    },
    async own(metric) {
      const text = await (await fetch(`${base}/metrics`)).text()
      const values = text.split('\n').filter((line) => line.startsWith(`${metric} `) || line.startsWith(`${metric}{`))
      if (values.length === 0) throw new Error(`Prometheus does not measure ${metric}`)
      return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    },
    async [Symbol.asyncDispose]() {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
      folder[Symbol.dispose]()
    },
  }
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`Prometheus has ended: ${log()}`)
      return prometheus.target().catch(() => undefined)
    },
    (target) => target !== undefined && target.health !== 'unknown',
  )
  return prometheus
}

interface Series {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [time: number, value: string]
}

async function dataOf<T>(url: string): Promise<T> {
  const answer = (await (await fetch(url)).json()) as { readonly status: string; readonly data: T }
  if (answer.status !== 'success') throw new Error(JSON.stringify(answer))
  return answer.data
}

/** Without those that are the same for all of a target's. */
function labelsOf({ __name__: _name, instance: _instance, job: _job, ...labels }: Series['metric']): string {
  return Object.keys(labels).length === 0 ? '' : JSON.stringify(labels)
}

function logOf({ stderr }: ChildProcess): () => string {
  let text = ''
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return () => text
}

/** It cannot say which one it took. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
