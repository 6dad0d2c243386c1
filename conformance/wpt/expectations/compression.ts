import type { Expectations } from '../expectation.ts'
import { INCOMPLETE_CHECKOUT, LAZY_GLOBAL, NO_SHARED_MEMORY } from './reasons.ts'

export const COMPRESSION: Expectations = {
  'compression/compression-bad-chunks.any.js': [
    {
      reason: NO_SHARED_MEMORY,
      fails: [
        'chunk of type shared Uint8Array should error the stream for deflate',
        'chunk of type shared Uint8Array should error the stream for deflate-raw',
        'chunk of type shared Uint8Array should error the stream for gzip',
        'chunk of type shared Uint8Array should error the stream for brotli',
      ],
    },
  ],
  'compression/compression-output-length.any.js': [
    {
      reason: INCOMPLETE_CHECKOUT,
      fails: [
        'the length of deflate data should be shorter than that of the original data',
        'the length of gzip data should be shorter than that of the original data',
      ],
    },
  ],
  'compression/decompression-bad-chunks.any.js': [
    {
      reason: NO_SHARED_MEMORY,
      fails: [
        'chunk of type shared Uint8Array should error the stream for deflate',
        'chunk of type shared Uint8Array should error the stream for deflate-raw',
        'chunk of type shared Uint8Array should error the stream for gzip',
        'chunk of type shared Uint8Array should error the stream for brotli',
      ],
    },
  ],
  'compression/idlharness.https.any.js': [
    {
      reason: LAZY_GLOBAL,
      fails: [
        'CompressionStream interface: existence and properties of interface object',
        'DecompressionStream interface: existence and properties of interface object',
      ],
    },
  ],
}
