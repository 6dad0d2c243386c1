// What `isopod serve` says when it is ready.
import type { Settings } from '../config/settings.ts'

export interface Announcement {
  readonly settings: Settings
  /** Names of workers that answer already. */
  readonly workers: readonly string[]
  readonly port: number
  /** What to open there. */
  readonly adminUrl: string
  /** What runs the workers. */
  readonly hosts: string
  readonly notes?: readonly string[]
}

export function announce({ settings, workers, port, adminUrl, hosts, notes = [] }: Announcement): void {
  const { domain, mode } = settings
  process.stdout.write(`isopod is ready (mode ${mode}, ${hosts})\n`)
  for (const name of workers) process.stdout.write(`  ${name}  http://${name}.${domain}:${port}/\n`)
  if (workers.length === 0) process.stdout.write(`  data   http://<worker>.${domain}:${port}/\n`)
  for (const note of notes) process.stdout.write(`  ${note}\n`)
  process.stdout.write(`  admin  ${adminUrl}\n`)
}
