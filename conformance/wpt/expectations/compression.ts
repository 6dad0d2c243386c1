import type { Expectations } from '../expectation.ts'
import { INCOMPLETE_CHECKOUT } from './reasons.ts'

export const COMPRESSION: Expectations = {
  'compression/compression-output-length.any.js': [
    {
      reason: INCOMPLETE_CHECKOUT,
      fails: [
        'the length of deflate data should be shorter than that of the original data',
        'the length of gzip data should be shorter than that of the original data',
      ],
    },
  ],
}
