// Reasons that several files have.

export const NO_SHARED_MEMORY =
  'shared memory is taken away: it is a clock for attacks on neighbours, and counts in no limit'
export const NO_XHR = 'XMLHttpRequest is not part of ECMA-429'
export const NO_FILE_READER = 'FileReader is not part of ECMA-429'
export const GLOBAL_OF_V8 = 'the global object is made by V8, and is an instance of no class of ours'
export const OWNING_STREAMS = 'streams of type "owning" are a proposal that no runtime has'
export const NO_WORKER = 'Worker is not part of ECMA-429'
export const NO_FINALIZERS = 'WeakRef and FinalizationRegistry are taken away: finalizers run without a time limit'
export const NO_PAGE = 'there is no page: no base address, no user, no other origins, no mixed content'
export const NO_INDEXED_DB = 'IndexedDB is not part of ECMA-429'
export const NO_WEBSOCKET_STREAM = 'WebSocketStream is a proposal that no server runtime has'
export const NO_MODULE_INTEGRATION = 'the bundler resolves imports; a module cannot be imported while the worker runs'
export const NOT_IN_V8 = 'V8 13.6 has it otherwise, or not yet'
export const LAZY_GLOBAL =
  'the class is an accessor until it is first used, so that programs do not load what they do not use'
export const ALWAYS_SECURE = 'every worker is a secure context'
export const OTHER_ORIGIN = 'it asks by a name of the test server that only a hosts file would give'
export const INCOMPLETE_CHECKOUT = 'it compresses a file of the folder "media", which a partial checkout has not'
