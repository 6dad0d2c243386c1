// Shapes of workers that many attacks share. Attacks are text: they run in an isolate, not here.

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
