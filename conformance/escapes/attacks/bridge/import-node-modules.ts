import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'imports modules of Node, by every way of importing',
  source: handler(`const out = []
    for (const name of ['node:fs', 'fs', 'node:child_process', 'isolated-vm', './x.js', 'file:///etc/passwd', 'data:text/javascript,export default 1', 'http://127.0.0.1:' + env.BAIT_PORT]) {
      try { out.push(name + ' ' + typeof (await import(name))) } catch {}
      try { out.push(name + ' ' + typeof (await (0, eval)('import(' + JSON.stringify(name) + ')'))) } catch {}
      try { out.push(name + ' ' + typeof (await new Function('name', 'return import(name)')(name))) } catch {}
    }
    return new Response(out.join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
