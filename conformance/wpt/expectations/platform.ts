// URL, Streams, and what belongs to the global object.
import type { Expectations } from '../expectation.ts'
import { GLOBAL_OF_V8, OWNING_STREAMS } from './reasons.ts'

const ASCII_DOMAINS = 'the standard has changed since: a domain of ASCII characters is only put in lower case'

export const PLATFORM: Expectations = {
  'hr-time/idlharness.any.js': [{ reason: GLOBAL_OF_V8, fails: [/^WorkerGlobalScope interface: /] }],
  'streams/piping/general-addition.any.js': [
    {
      reason: 'the Streams library writes a chunk that is enqueued in the same turn',
      fails: ['enqueue() must not synchronously call write algorithm'],
    },
  ],
  'streams/readable-streams/owning-type-message-port.any.js': [{ reason: OWNING_STREAMS, fails: 'all' }],
  'streams/readable-streams/owning-type-video-frame.any.js': [{ reason: OWNING_STREAMS, fails: 'all' }],
  'streams/readable-streams/owning-type.any.js': [{ reason: OWNING_STREAMS, fails: 'all' }],
  'url/url-constructor.any.js': [{ reason: ASCII_DOMAINS, fails: [/^Parsing: <[a-z]+:\/\/(?:[\w.]+\.)?xn--/i] }],
  'url/url-setters.any.js': [
    { reason: ASCII_DOMAINS, fails: [/^URL: Setting <https:\/\/example\.com\/>\.host(?:name)? = 'xn--'$/] },
  ],
  'webidl/ecmascript-binding/global-immutable-prototype.any.js': [
    { reason: GLOBAL_OF_V8, fails: ['Setting to a different prototype'] },
  ],
  'webidl/ecmascript-binding/global-object-implicit-this-value.any.js': [
    {
      reason: GLOBAL_OF_V8,
      fails: [
        /^Global object's (?:getter|setter) /,
        "Global object's operation throws when called on incompatible object",
      ],
    },
  ],
}
