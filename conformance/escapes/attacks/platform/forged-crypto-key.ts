import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'passes things off as keys',
  source: handler(`const real = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt'])
    const found = []
    const forgeries = [Object.create(CryptoKey.prototype), Object.setPrototypeOf({}, real), new Proxy(real, {}), { ...real }, { type: 'secret', extractable: true }]
    for (const key of forgeries) try { await crypto.subtle.exportKey('raw', key); found.push('exported') } catch {}
    try { await crypto.subtle.exportKey('raw', real); found.push('exported the real one') } catch {}
    return new Response(found.join() || 'nothing')`),
  expect: { endings: ['ok'], host: 'survives' },
  verify: ({ bodies }) => (bodies[0] === 'nothing' ? undefined : `the worker said ${bodies[0]}`),
}
