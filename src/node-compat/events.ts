// `node:events`.
import { EventEmitter } from './events/event-emitter.ts'
import { addAbortListener, getEventListeners, listenerCount, on, once, setMaxListeners } from './events/waiting.ts'

const { captureRejectionSymbol, errorMonitor } = EventEmitter
const { defaultMaxListeners } = EventEmitter

// The module is the class, as in Node: `require('events')` gives it.
Object.assign(EventEmitter, {
  addAbortListener,
  EventEmitter,
  getEventListeners,
  listenerCount,
  on,
  once,
  setMaxListeners,
})

// The second name is what `require` gives.
export {
  EventEmitter as 'module.exports',
  addAbortListener,
  captureRejectionSymbol,
  defaultMaxListeners,
  errorMonitor,
  EventEmitter,
  getEventListeners,
  listenerCount,
  on,
  once,
  setMaxListeners,
}
export default EventEmitter
