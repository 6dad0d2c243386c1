import type { Expectations } from '../expectation.ts'
import { HARNESS } from '../expectation.ts'
import { NO_SHARED_MEMORY, NO_XHR } from './reasons.ts'

export const ENCODING: Expectations = {
  'encoding/idlharness.any.js': [
    {
      reason: 'globals that few programs use are accessors until first used: whoever uses none does not load them',
      fails: [/^Text(?:Decoder|Encoder)Stream interface: existence and properties of interface object$/],
    },
  ],
  'encoding/replacement-encodings.any.js': [{ reason: NO_XHR, fails: 'all' }],
  'encoding/streams/decode-utf8.any.js': [{ reason: NO_SHARED_MEMORY, fails: [HARNESS] }],
  'encoding/unsupported-encodings.any.js': [{ reason: NO_XHR, fails: 'all' }],
}
