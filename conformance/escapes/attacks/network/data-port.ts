import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks the data port for a worker of another tenant, with that worker’s Host header',
  source: handler(`const lines = []
    for (const host of ['quiet.neighbour.localhost', '127.0.0.1', 'localhost']) for (const headers of [{}, { host: 'quiet.neighbour.localhost:' + env.DATA_PORT }]) {
      try { const response = await fetch('http://' + host + ':' + env.DATA_PORT + '/', { headers }); lines.push('reached ' + response.status + await response.text()) } catch (error) { lines.push('refused ' + error.message) }
    }
    return new Response(lines.join('\\n'))`),
  expect: HARMLESS,
  verify: refusedEverything,
}
