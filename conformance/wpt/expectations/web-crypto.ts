import type { Expectations } from '../expectation.ts'
import { ALWAYS_SECURE, GLOBAL_OF_V8, LAZY_GLOBAL } from './reasons.ts'

export const WEB_CRYPTO: Expectations = {
  'WebCryptoAPI/historical.any.js': [{ reason: ALWAYS_SECURE, fails: 'all' }],
  'WebCryptoAPI/idlharness.https.any.js': [
    { reason: LAZY_GLOBAL, fails: ['CryptoKey interface: existence and properties of interface object'] },
    { reason: GLOBAL_OF_V8, fails: ['WorkerGlobalScope interface: attribute crypto'] },
  ],
}
