import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives fetch() a URL that is another each time it is read',
  source: handler(`const lines = []; let n = 0
    const bait = 'http://127.0.0.1:' + env.BAIT_PORT + '/'
    for (const input of [{ toString: () => (n++ % 2 === 0 ? env.ORIGIN : bait) }, new Proxy(new URL(env.ORIGIN), { get: (target, key) => (key === 'href' || key === 'toString' ? () => bait : undefined) }), Object.assign(new URL(env.ORIGIN), { toString: () => bait })]) {
      try { const response = await fetch(input); lines.push(await response.text()) } catch (error) { lines.push('refused ' + error.message) }
    }
    URL.prototype.toString = () => bait; Object.defineProperty(Request.prototype, 'url', { get: () => bait })
    try { lines.push(await (await fetch(new Request(env.ORIGIN))).text()) } catch (error) { lines.push('refused ' + error.message) }
    return new Response(lines.join('\\n'))`),
  expect: HARMLESS,
  verify: ({ baitHits }) => (baitHits > 0 ? 'the bait was reached' : undefined),
}
