import type { Expectations } from '../expectation.ts'
import { HARNESS } from '../expectation.ts'
import { GLOBAL_OF_V8 } from './reasons.ts'

const MANUAL = 'a server has to see where it is sent: redirect "manual" gives the response as it came'
const CONTROLS = 'HTTP forbids control characters in header values (RFC 9110); servers have read them as ends of lines'
const EMPTY_FORM = 'an empty form is sent as its closing delimiter, so that it can be read again'

export const FETCH: Expectations = {
  'fetch/api/basic/conditional-get.any.js': [
    { reason: 'there is no HTTP cache', fails: ['Testing conditional GET with ETags'] },
  ],
  'fetch/api/basic/error-after-response.any.js': [
    {
      reason: 'a body is read from the host as the program asks for it, so that nobody hears of an error before',
      fails: [
        HARNESS,
        'Response reader closed promise should reject after a network error happening after resolving fetch promise',
      ],
    },
  ],
  'fetch/api/basic/header-value-combining.any.js': [
    { reason: 'the test server sends what the HTTP parser refuses: two values of Content-Length', fails: 'all' },
  ],
  'fetch/api/basic/integrity.sub.any.js': [
    {
      reason: 'needs a certificate that runtimes trust',
      fails: ['Empty string integrity for opaque response'],
    },
  ],
  'fetch/api/basic/request-upload.any.js': [
    {
      reason: 'a response with status 421 is not asked for again: connections are not shared between names',
      fails: ['Fetch with POST with text body on 421 response should be retried once on new connection.'],
    },
  ],
  'fetch/api/headers/header-setcookie.any.js': [
    { reason: 'forbidden headers: a server reads cookies', fails: ['Set-Cookie is a forbidden response header'] },
  ],
  'fetch/api/headers/header-values-normalize.any.js': [
    { reason: CONTROLS, fails: [/^fetch\(\) with value %(?:0[1-8EF]|1[0-9A-F])$/] },
  ],
  'fetch/api/headers/header-values.any.js': [{ reason: CONTROLS, fails: ['fetch() with all valid values'] }],
  'fetch/api/idlharness.https.any.js': [{ reason: GLOBAL_OF_V8, fails: [/^WorkerGlobalScope interface: /] }],
  'fetch/api/redirect/redirect-empty-location.any.js': [
    { reason: MANUAL, fails: ['redirect response with empty Location, manual mode'] },
  ],
  'fetch/api/redirect/redirect-location-escape.tentative.any.js': [
    {
      reason: 'the HTTP parser gives header values as text, a byte per character',
      fails: ['Redirect to invalid UTF-8'],
    },
  ],
  'fetch/api/redirect/redirect-location.any.js': [{ reason: MANUAL, fails: [/^Redirect \d+ in "manual" mode /] }],
  'fetch/api/redirect/redirect-mode.any.js': [
    { reason: MANUAL, fails: [/^(?:same|cross)-origin redirect \d+ in manual redirect and cors mode$/] },
    { reason: MANUAL, fails: [/^(?:same|cross)-origin redirect \d+ in manual redirect and no-cors mode$/] },
    {
      reason: 'no CORS: there is no user whose cookies it would protect',
      fails: [
        /^cross-origin redirect \d+ in follow redirect and no-cors mode$/,
        'manual redirect with a CORS error should be rejected',
      ],
    },
  ],
  'fetch/api/request/request-consume-empty.any.js': [
    { reason: EMPTY_FORM, fails: ['Consume empty FormData request body as text'] },
  ],
  'fetch/api/request/request-disturbed.any.js': [
    {
      reason: 'the standard moves a body only when no other is given',
      fails: ['Input request used for creating new request became disturbed even if body is not used'],
    },
    {
      reason: 'wants a relative address that the run does not complete, since it is no string',
      fails: ['Request construction failure should not set "bodyUsed"'],
    },
  ],
  'fetch/api/response/response-consume-empty.any.js': [
    { reason: EMPTY_FORM, fails: ['Consume empty FormData response body as text'] },
  ],
  'fetch/api/response/response-stream-with-broken-then.any.js': [
    {
      reason: 'the Streams library keeps its inner reads to itself, so that results of reads are looked up for `then`',
      fails: [/^Attempt to inject /],
    },
  ],
}
