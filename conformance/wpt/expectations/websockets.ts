import { type Expectations, HARNESS } from '../expectation.ts'
import { LAZY_GLOBAL, NO_PAGE, NO_WEBSOCKET_STREAM, NO_WORKER, NO_XHR, OTHER_ORIGIN } from './reasons.ts'

export const WEBSOCKETS: Expectations = {
  'eventsource/request-cache-control.any.js': [
    {
      reason: OTHER_ORIGIN,
      fails: [/^http:\/\/www2\.localhost:\d+\/eventsource\/resources\/cors\.py\?run=cache-control[12]$/, HARNESS],
    },
  ],
  'websockets/Create-non-absolute-url.any.js': [
    {
      reason: NO_PAGE,
      fails: ['Create WebSocket - Pass a non absolute URL: null', 'Create WebSocket - Pass a non absolute URL: 123'],
    },
  ],
  'websockets/Create-on-worker-shutdown.any.js': [{ reason: NO_WORKER, fails: 'all' }],
  'websockets/bufferedAmount-unchanged-by-sync-xhr.any.js': [{ reason: NO_XHR, fails: 'all' }],
  'websockets/idlharness.any.js': [
    { reason: LAZY_GLOBAL, fails: ['WebSocket interface: existence and properties of interface object'] },
  ],
  'websockets/mixed-content.https.any.js': [{ reason: NO_PAGE, fails: 'all' }],
  'websockets/stream/tentative/close.any.js': [{ reason: NO_WEBSOCKET_STREAM, fails: 'all' }],
  'websockets/stream/tentative/read.any.js': [{ reason: NO_WEBSOCKET_STREAM, fails: 'all' }],
  'websockets/stream/tentative/remote-close.any.js': [{ reason: NO_WEBSOCKET_STREAM, fails: 'all' }],
  'websockets/stream/tentative/websocket-error.any.js': [{ reason: NO_WEBSOCKET_STREAM, fails: 'all' }],
  'websockets/stream/tentative/write.any.js': [{ reason: NO_WEBSOCKET_STREAM, fails: 'all' }],
}
