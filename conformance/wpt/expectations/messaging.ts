import type { Expectations } from '../expectation.ts'
import { NO_FILE_READER, NO_FINALIZERS, NO_PAGE, NO_WORKER } from './reasons.ts'

export const MESSAGING: Expectations = {
  'webmessaging/Channel_postMessage_Blob.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'webmessaging/MessageEvent-trusted.any.js': [{ reason: NO_WORKER, fails: ['With a BroadcastChannel'] }],
  'webmessaging/broadcastchannel/basics.any.js': [{ reason: NO_PAGE, fails: ['postMessage results in correct event'] }],
  'webmessaging/message-channels/close-event/garbage-collected.tentative.any.js': [
    { reason: NO_FINALIZERS, fails: 'all' },
  ],
  'webmessaging/message-channels/user-activation.tentative.any.js': [{ reason: NO_PAGE, fails: 'all' }],
  'webmessaging/message-channels/worker-post-after-close.any.js': [{ reason: NO_WORKER, fails: 'all' }],
  'webmessaging/message-channels/worker.any.js': [{ reason: NO_WORKER, fails: 'all' }],
}
