import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'

test('hono/jwt signs, verifies and guards routes', async () => {
  const { bundle } = await bundleProject({
    entry: join(import.meta.dirname, '../fixtures/libraries/hono-jwt/index.ts'),
  })
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  await t.runtime.load({ worker: 'w', bundle, env: { secret: 'of the operator' } })

  const token = (await t.fetch('w', '/sign')).text
  const ask = async (authorization: string): Promise<string> => {
    const { response, text } = await t.fetch('w', '/private/name', { headers: [['authorization', authorization]] })
    return `${response?.status} ${text}`
  }
  assert.equal(await ask(`Bearer ${token}`), '200 {"name":"ada"}')
  assert.match(await ask(`Bearer ${token.slice(0, -4)}AAAA`), /^401 /)
  assert.equal((await t.fetch('w', '/private/name')).response?.status, 401)

  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signed = await new SignJWT({ name: 'grace' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const body = JSON.stringify({ token: signed, jwk: { ...publicKey.export({ format: 'jwk' }), alg: 'RS256' } })
  assert.equal((await t.fetch('w', '/verify-rs256', { method: 'POST', body })).text, '{"name":"grace"}')
})
