import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { jwtVerify, SignJWT } from 'jose'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { Bundle } from '../../src/version.ts'
import { startRuntime } from '../support/runtime.ts'

const LIMITS = { cpuMs: 5000 }
let bundle: Bundle

before(async () => {
  ;({ bundle } = await bundleProject({ entry: join(import.meta.dirname, '../fixtures/libraries/jose/index.ts') }))
})

test('what it signs it verifies, and nothing that was changed', async () => {
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle, limits: LIMITS })
  for (const alg of ['RS256', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    const { text } = await t.fetch('w', `/round-trip?alg=${alg}`)
    assert.equal(text, '{"scope":"all","refused":"ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}', alg)
  }
})

test('what it encrypts it decrypts', async () => {
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle, limits: LIMITS })
  for (const [alg, enc] of [
    ['RSA-OAEP-256', 'A256GCM'],
    ['ECDH-ES', 'A128CBC-HS256'],
    ['ECDH-ES+A256KW', 'A256GCM'],
  ]) {
    assert.equal((await t.fetch('w', `/encryption?${new URLSearchParams({ alg, enc } as never)}`)).text, 'secret', alg)
  }
})

test('tokens go both ways between it and Node', async () => {
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle, limits: LIMITS })
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

  const token = await new SignJWT({ from: 'node' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const body = JSON.stringify({ token, spki: publicKey.export({ type: 'spki', format: 'pem' }) })
  assert.equal((await t.fetch('w', '/verify?alg=RS256', { method: 'POST', body })).text, '{"from":"node"}')

  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const { text } = await t.fetch('w', '/sign?alg=PS256', { method: 'POST', body: pkcs8 })
  assert.equal((await jwtVerify(text, publicKey)).payload['from'], 'worker')
})

test('a key made at load signs in later tasks', async () => {
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle, limits: LIMITS })
  const first = JSON.parse((await t.fetch('w')).text)
  const second = JSON.parse((await t.fetch('w')).text)
  assert.equal(first.spki, second.spki)
  for (const { token, spki } of [first, second]) await jwtVerify(token, createPublicKey(spki))
})
