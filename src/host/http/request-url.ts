// The URL of an incoming request, and the worker it is for.
import type { WorkerAddress } from '../destination.ts'
import { DEFAULT_TENANT } from '../registry.ts'

/** What a URL parser would leave as it is; anything else goes through one. */
const PLAIN_TARGET = /^\/(?:[\w\-.~!$&()*+,;=:@?/]|%[0-9A-Fa-f]{2})*$/
const DOT_SEGMENT = /(?:^|\/|%2e)(?:\.|%2e){1,2}(?:$|[/?])/i
const PLAIN_HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::(?:[1-9]\d{0,3}|[1-5]\d{4}))?$/

/** The absolute URL, or undefined where the request line or the Host header is not valid. */
export function absoluteUrl(host: string, target: string): string | undefined {
  if (PLAIN_HOST.test(host) && PLAIN_TARGET.test(target) && !DOT_SEGMENT.test(target) && !host.endsWith(':80')) {
    return `http://${host}${target}`
  }
  if (/[\s/\\?#@]/.test(host)) return undefined
  if (target !== '*' && !target.startsWith('/')) return absoluteFormUrl(host, target)
  const text = `http://${host}${target === '*' ? '/*' : target}`
  return URL.canParse(text) ? withoutFragment(new URL(text)) : undefined
}

/** The target names its own host. Routing goes by the Host header, so the two must agree. */
function absoluteFormUrl(host: string, target: string): string | undefined {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target) || !URL.canParse(`http://${host}`)) return undefined
  const url = new URL(target)
  url.protocol = 'http:'
  const agrees = url.host === new URL(`http://${host}`).host && url.username === '' && url.password === ''
  return agrees ? withoutFragment(url) : undefined
}

function withoutFragment(url: URL): string {
  url.hash = ''
  return url.href
}

/**
 * `hello.localhost:8787` → worker `hello` of the default tenant; `hello.acme.localhost` → worker `hello` of `acme`.
 * Undefined for any other host.
 */
export function workerOfHost(host: string, domain: string): WorkerAddress | undefined {
  const colon = host.lastIndexOf(':')
  const name = (colon < 0 ? host : host.slice(0, colon)).toLowerCase()
  if (!name.endsWith(`.${domain}`)) return undefined
  const labels = name.slice(0, -domain.length - 1).split('.')
  const [worker = '', tenant = DEFAULT_TENANT] = labels
  return labels.length > 2 ? undefined : { tenant, worker }
}
