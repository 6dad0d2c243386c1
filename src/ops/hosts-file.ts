// The machine's hosts file, which name servers know nothing of. Read again when it changes; one that cannot be read is
// empty. Names are in lower case.
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'

const PATH =
  process.platform === 'win32'
    ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts'

type Hosts = ReadonlyMap<string, readonly string[]>

let hosts: Hosts = new Map()
let readAtMs = -1

/** Synchronous, since it costs microseconds and the thread pool may be busy; the page cache holds the file. */
export function hostsFileAddresses(hostname: string): readonly string[] {
  try {
    const { mtimeMs } = statSync(PATH)
    if (mtimeMs !== readAtMs) {
      hosts = parseHosts(readFileSync(PATH, 'utf8'))
      readAtMs = mtimeMs
    }
  } catch {
    hosts = new Map()
  }
  return hosts.get(hostname) ?? []
}

/** https://man7.org/linux/man-pages/man5/hosts.5.html */
export function parseHosts(text: string): Hosts {
  const parsed = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (isIP(address) === 0) continue
    for (const name of names) {
      const key = name.toLowerCase()
      const known = parsed.get(key)
      if (known === undefined) parsed.set(key, [address])
      else known.push(address)
    }
  }
  return parsed
}
