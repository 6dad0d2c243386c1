// Shapes of workers that many attacks share. Attacks are text: they run in an isolate, not here.
import { OP } from '../../src/bridge/ops.ts'

/** A worker whose fetch handler is the given statements; an answer follows where they let it. */
export function handler(statements: string): string {
  return `export default {
  async fetch(request, env, ctx) {
    ${statements}
    return new Response('done')
  },
}
`
}

/** Top-level statements and a handler. */
export function moduleWith(topLevel: string, statements = ''): string {
  return `${topLevel}\n${handler(statements)}`
}

/**
 * A worker that asks for the URLs (an expression that may use `env`) one after another, and answers with what came of
 * each: "reached <status> <body>" or "refused <message>".
 */
export function asks(urls: string): string {
  return `export default {
  async fetch(request, env) {
    const lines = []
    for (const url of ${urls}) {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(3000) })
        lines.push('reached ' + response.status + ' ' + (await response.text()).slice(0, 200))
      } catch (error) {
        lines.push('refused ' + error.message)
      }
    }
    return new Response(lines.join('\\n'))
  },
}
`
}

/**
 * Statements for attacks that wait until the platform hands them one of its own functions: `keep(thing)` remembers, and
 * `wayOut()` says whether anything kept is the function that calls the host, by asking it for random bytes. A list of
 * its own, because arrays and maps may be trapped.
 */
export const KEEPER: string = `let kept
    const keep = (thing) => { kept = { thing, next: kept } }
    const leadsOut = (thing) => { try { return typeof thing === 'function' && thing(${OP.entropy}, 0).byteLength === 4096 } catch { return false } }
    const wayOut = () => {
      for (let entry = kept; entry; entry = entry.next) {
        const { thing } = entry
        if (leadsOut(thing)) return 'the way out'
        if (typeof thing === 'object' && thing !== null) for (const key of Reflect.ownKeys(thing)) try { if (leadsOut(thing[key])) return 'the way out' } catch {}
      }
      return kept === undefined ? 'nothing kept' : 'no way out'
    }`
