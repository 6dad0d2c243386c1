import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks the admin port to vouch for itself, by every address that leads there',
  source: handler(`const lines = []
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1', '[::ffff:127.0.0.1]', 'admin.localhost']) {
      try { const response = await fetch('http://' + host + ':' + env.ADMIN_PORT + '/api/tenants/escaped', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"vouched":true}' }); lines.push('reached ' + response.status) } catch (error) { lines.push('refused ' + error.message) }
    }
    return new Response(lines.join('\\n'))`),
  expect: HARMLESS,
  verify: refusedEverything,
}
