import type { Expectations } from '../expectation.ts'
import { COMPRESSION } from './compression.ts'
import { ENCODING } from './encoding.ts'
import { FETCH } from './fetch.ts'
import { FILE_API } from './file-api.ts'
import { MESSAGING } from './messaging.ts'
import { PLATFORM } from './platform.ts'
import { WASM } from './wasm.ts'
import { WEB_CRYPTO } from './web-crypto.ts'
import { WEBSOCKETS } from './websockets.ts'

export const EXPECTATIONS: Expectations = {
  ...COMPRESSION,
  ...ENCODING,
  ...FETCH,
  ...FILE_API,
  ...MESSAGING,
  ...PLATFORM,
  ...WASM,
  ...WEB_CRYPTO,
  ...WEBSOCKETS,
}
