import type { Expectations } from '../expectation.ts'
import { NOT_IN_V8, NO_INDEXED_DB, NO_MODULE_INTEGRATION, NO_PAGE, NO_SHARED_MEMORY, NO_WORKER } from './reasons.ts'

export const WASM: Expectations = {
  'wasm/jsapi/esm-integration/exports.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/global-exports-live-bindings.tentative.any.js': [
    { reason: NO_MODULE_INTEGRATION, fails: 'all' },
  ],
  'wasm/jsapi/esm-integration/global-exports.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/js-wasm-cycle.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/mutable-global-sharing.tentative.any.js': [
    { reason: NO_MODULE_INTEGRATION, fails: 'all' },
  ],
  'wasm/jsapi/esm-integration/namespace-instance.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/reserved-import-names.tentative.any.js': [
    { reason: NO_MODULE_INTEGRATION, fails: 'all' },
  ],
  'wasm/jsapi/esm-integration/resolve-export.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/source-phase-string-builtins.tentative.any.js': [
    { reason: NO_MODULE_INTEGRATION, fails: 'all' },
  ],
  'wasm/jsapi/esm-integration/source-phase.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/string-builtins.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/v128-tdz.tentative.any.js': [{ reason: NO_MODULE_INTEGRATION, fails: 'all' }],
  'wasm/jsapi/esm-integration/wasm-import-wasm-export.tentative.any.js': [
    { reason: NO_MODULE_INTEGRATION, fails: 'all' },
  ],
  'wasm/jsapi/exception/constructor.tentative.any.js': [{ reason: NOT_IN_V8, fails: ['length'] }],
  'wasm/jsapi/exception/getArg.tentative.any.js': [{ reason: NOT_IN_V8, fails: ['Getting out-of-range argument'] }],
  'wasm/jsapi/function/call.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/function/constructor.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/function/table.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/function/type.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/global/type.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/global/value-get-set.any.js': [{ reason: NOT_IN_V8, fails: ['Calling setter without argument'] }],
  'wasm/jsapi/idlharness.any.js': [
    {
      reason: NOT_IN_V8,
      fails: [
        'Module interface: existence and properties of interface object',
        'Module interface: existence and properties of interface prototype object',
        'Memory interface: operation toFixedLengthBuffer()',
        'Memory interface: operation toResizableBuffer()',
        'Memory interface: [object WebAssembly.Memory] must inherit property "toFixedLengthBuffer()" with the proper type',
        'Memory interface: [object WebAssembly.Memory] must inherit property "toResizableBuffer()" with the proper type',
      ],
    },
  ],
  'wasm/jsapi/memory/constructor-shared.tentative.any.js': [
    { reason: NO_SHARED_MEMORY, fails: ['Order of evaluation for descriptor (with shared)', 'Shared memory'] },
  ],
  'wasm/jsapi/memory/constructor-types.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/memory/grow.any.js': [
    { reason: NO_SHARED_MEMORY, fails: ['Growing shared memory does not detach old buffer'] },
  ],
  'wasm/jsapi/memory/to-fixed-length-buffer-shared.any.js': [{ reason: NO_SHARED_MEMORY, fails: 'all' }],
  'wasm/jsapi/memory/to-fixed-length-buffer.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/memory/to-resizable-buffer-shared.any.js': [{ reason: NO_SHARED_MEMORY, fails: 'all' }],
  'wasm/jsapi/memory/to-resizable-buffer.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/memory/type.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/module/moduleSource.tentative.any.js': [
    { reason: NOT_IN_V8, fails: ['AbstractModuleSourceProto toStringTag brand check'] },
  ],
  'wasm/jsapi/table/constructor-types.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/table/type.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/jsapi/tag/type.tentative.any.js': [{ reason: NOT_IN_V8, fails: 'all' }],
  'wasm/serialization/module/nested-worker-success.any.js': [{ reason: NO_WORKER, fails: 'all' }],
  'wasm/serialization/module/serialization-via-idb.any.js': [{ reason: NO_INDEXED_DB, fails: 'all' }],
  'wasm/serialization/module/serialization-via-notifications-api.any.js': [{ reason: NO_PAGE, fails: 'all' }],
  'wasm/webapi/historical.any.js': [{ reason: NO_INDEXED_DB, fails: 'all' }],
  'wasm/webapi/origin.sub.any.js': [
    { reason: NO_PAGE, fails: ['Opaque response: compileStreaming', 'Opaque response: instantiateStreaming'] },
  ],
  'wasm/webapi/wasm_stream_compile_test.any.js': [
    { reason: NO_PAGE, fails: ['compileStreaming raise error if no-cors'] },
  ],
  'wasm/webapi/wasm_stream_instantiate_test.any.js': [
    { reason: NO_PAGE, fails: ['instantiateStreaming raise error if no-cors'] },
  ],
}
