// Installs the platform on the global object, and takes away what tenants must not have.
import { Event } from './dom/event.ts'
import { CloseEvent, CustomEvent, ErrorEvent, MessageEvent, PromiseRejectionEvent } from './dom/event-types.ts'
import { EventTarget } from './dom/event-target.ts'
import { AbortController, AbortSignal } from './dom/abort.ts'
import { DOMException, QuotaExceededError } from './dom/dom-exception.ts'
import { structuredClone } from './clone/structured-clone.ts'
import { CompressionStream, DecompressionStream } from './compression/compression-streams.ts'
import { createConsole } from './console/console.ts'
import { createCrypto, Crypto, subtleCrypto } from './crypto/random.ts'
import { atob, btoa } from './encoding/base64.ts'
import { TextDecoder } from './encoding/text-decoder.ts'
import { TextEncoder } from './encoding/text-encoder.ts'
import { fetch } from './fetch/fetch.ts'
import { FormData } from './fetch/form-data.ts'
import { Headers } from './fetch/headers.ts'
import { Request } from './fetch/request.ts'
import { Response } from './fetch/response.ts'
import { Blob } from './file/blob.ts'
import { File } from './file/file.ts'
import { defineLazyGlobal, defineLazyGlobals, lazy } from './lazy.ts'
import { boundJson } from './memory/parse-json.ts'
import { boundResizableBuffers } from './memory/resizable-buffers.ts'
import { boundWasmMemories } from './memory/wasm-memories.ts'
import { createNavigator, Navigator } from './navigator.ts'
import { loadPart } from './parts.ts'
import { createPerformance, Performance } from './performance.ts'
import {
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseResolve,
  ReflectDeleteProperty,
  TypeErrorConstructor,
} from './primordials.ts'
import { installGlobalTarget } from './runtime/global-target.ts'
import { reportException } from './runtime/report-exception.ts'
import { STREAM_GLOBALS, streams } from './streams/lazy.ts'
import { createScheduler, Scheduler } from './timers/scheduler.ts'
import { clearTimer, setInterval, setTimeout } from './timers/timers.ts'
import { installDate } from './time/date.ts'
import { boundDateTimeFormat } from './time/date-time-format.ts'
import { boundTemporal } from './time/temporal.ts'
import { URL } from './url/url.ts'
import { URLSearchParams } from './url/url-search-params.ts'
import { requireArguments } from './webidl/convert.ts'
import { installWasmFunctions } from './wasm/wasm-functions.ts'
import { websockets } from './websocket/lazy.ts'
import { isLogOpen, writeLog } from './runtime/log.ts'
import { takeEntropy } from './runtime/entropy.ts'

/** One per context; called once, before any tenant code. */
export function installGlobals(scope: object): void {
  const interfaces = {
    AbortController,
    AbortSignal,
    Blob,
    CloseEvent,
    CompressionStream,
    Crypto,
    CustomEvent,
    DOMException,
    DecompressionStream,
    ErrorEvent,
    Event,
    EventTarget,
    File,
    FormData,
    Headers,
    MessageEvent,
    Navigator,
    Performance,
    PromiseRejectionEvent,
    QuotaExceededError,
    Request,
    Response,
    Scheduler,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
  }
  const functions = {
    atob,
    btoa,
    clearInterval: clearTimer,
    clearTimeout: clearTimer,
    fetch,
    queueMicrotask,
    reportError,
    setInterval,
    setTimeout,
    structuredClone,
  }
  const values = {
    crypto: createCrypto(takeEntropy),
    navigator: createNavigator(),
    performance: createPerformance(),
    scheduler: createScheduler(),
    self: scope,
  }
  for (const [name, value] of Object.entries(interfaces)) define(scope, name, value)
  define(scope, 'console', createConsole({ isOpen: isLogOpen, write: writeLog }))
  for (const [name, value] of Object.entries(functions)) define(scope, name, value, 'enumerable')
  for (const [name, value] of Object.entries(values)) define(scope, name, value, 'enumerable')
  defineLazyGlobals(scope, STREAM_GLOBALS, streams)
  for (const name of ['WebSocket', 'WebSocketPair'] as const) defineLazyGlobal(scope, name, () => websockets()[name])
  defineLazyGlobal(
    scope,
    'EventSource',
    () => (loadPart('eventsource/eventsource.ts') as typeof import('./eventsource/eventsource.ts')).EventSource,
  )
  const encodingStreams = lazy(
    () => loadPart('encoding/encoding-streams.ts') as typeof import('./encoding/encoding-streams.ts'),
  )
  for (const name of ['TextDecoderStream', 'TextEncoderStream'] as const) {
    defineLazyGlobal(scope, name, () => encodingStreams()[name])
  }
  for (const name of ['CryptoKey', 'SubtleCrypto'] as const) defineLazyGlobal(scope, name, () => subtleCrypto()[name])
  const urlPattern = lazy(() => loadPart('url-pattern/url-pattern.ts') as typeof import('./url-pattern/url-pattern.ts'))
  defineLazyGlobal(scope, 'URLPattern', () => urlPattern().URLPattern)
  const messaging = lazy(() => loadPart('messaging/message-port.ts') as typeof import('./messaging/message-port.ts'))
  for (const name of ['MessageChannel', 'MessagePort'] as const) {
    defineLazyGlobal(scope, name, () => messaging()[name])
  }
  const broadcasting = lazy(
    () => loadPart('messaging/broadcast-channel.ts') as typeof import('./messaging/broadcast-channel.ts'),
  )
  defineLazyGlobal(scope, 'BroadcastChannel', () => broadcasting().BroadcastChannel)
  const identityStreams = lazy(
    () => loadPart('streams/identity-streams.ts') as typeof import('./streams/identity-streams.ts'),
  )
  for (const name of ['FixedLengthStream', 'IdentityTransformStream'] as const) {
    defineLazyGlobal(scope, name, () => identityStreams()[name])
  }
  installGlobalTarget(scope)
  harden(scope)
}

function define(scope: object, name: string, value: unknown, enumerability?: 'enumerable'): void {
  const enumerable = enumerability === 'enumerable'
  ObjectDefineProperty(scope, name, { configurable: true, enumerable, writable: true, value })
}

/** https://html.spec.whatwg.org/multipage/webappapis.html#dom-reporterror */
function reportError(error: unknown): void {
  requireArguments(arguments.length, 1, 'reportError')
  reportException(error)
}

function queueMicrotask(callback: unknown): void {
  if (typeof callback !== 'function') throw new TypeErrorConstructor('queueMicrotask needs a function.')
  PromisePrototypeThen(PromiseResolve(undefined), () => {
    try {
      ;(callback as () => void)()
    } catch (error) {
      reportException(error)
    }
  })
}

/**
 * What a script could use to hang or grow the process beyond the reach of limits (measured in isolated-vm):
 * `Error.prepareStackTrace` runs while the host copies an error, outside any time limit; finalizers run without one;
 * shared memory is a clock and is not counted.
 */
function harden(scope: object): void {
  ObjectDefineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false })
  for (const name of ['FinalizationRegistry', 'WeakRef', 'SharedArrayBuffer', 'Atomics']) {
    ReflectDeleteProperty(scope, name)
  }
  installDate(scope)
  boundDateTimeFormat()
  boundTemporal(scope)
  boundJson(JSON)
  boundResizableBuffers(scope)
  boundWasmMemories()
  installWasmFunctions()
  // V8 declares it so that it cannot be deleted. It blocks beyond any time limit, and can write a file of the host.
  if ('gc' in scope) ObjectDefineProperty(scope, 'gc', { value: undefined, writable: false })
}
