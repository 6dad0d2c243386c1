import type { Attack } from '../../attack.ts'
import { all, refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'is redirected by an allowed origin to addresses that are not',
  source: handler(`const lines = []
    for (const to of ['http://127.0.0.1:BAIT/', 'http://localhost:BAIT/', 'http://2130706433:BAIT/', 'http://[::1]:BAIT/', 'http://[::ffff:127.0.0.1]:BAIT/', '//127.0.0.1:BAIT/', 'file:///etc/passwd', 'http://169.254.169.254/']) {
      try { const response = await fetch(env.ORIGIN + '/redirect?to=' + encodeURIComponent(to)); lines.push('reached ' + response.status + await response.text()) } catch (error) { lines.push('refused ' + error.message) }
    }
    return new Response(lines.join('\\n'))`),
  expect: HARMLESS,
  verify: all(refusedEverything, ({ originHits }) =>
    originHits === 8 ? undefined : `the origin was asked ${originHits} times`,
  ),
}
