import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'

const SECRET = 'whsec_of_nobody'

test('stripe accepts what its key has signed, and nothing else', async () => {
  const { bundle } = await bundleProject({ entry: join(import.meta.dirname, '../fixtures/libraries/stripe/index.ts') })
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle, env: { secret: SECRET }, limits: { startupCpuMs: 2000, cpuMs: 1000 } })
  const send = async (body: string, signed: string, secret: string): Promise<string> => {
    const time = Math.floor(Date.now() / 1000)
    const signature = createHmac('sha256', secret).update(`${time}.${signed}`).digest('hex')
    const headers: [string, string][] = [['stripe-signature', `t=${time},v1=${signature}`]]
    return (await t.fetch('w', '/', { method: 'POST', body, headers })).text
  }
  const event = '{"id":"evt_1","object":"event","type":"invoice.paid"}'
  assert.equal(await send(event, event, SECRET), '{"type":"invoice.paid"}')
  assert.equal(await send(event, event, 'another'), 'StripeSignatureVerificationError')
  assert.equal(await send(event.replace('1', '2'), event, SECRET), 'StripeSignatureVerificationError')
})
