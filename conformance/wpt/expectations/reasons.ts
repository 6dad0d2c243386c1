// Reasons that several files have.

export const NO_SHARED_MEMORY =
  'shared memory is taken away: it is a clock for attacks on neighbours, and counts in no limit'
export const NO_XHR = 'XMLHttpRequest is not part of ECMA-429'
export const NO_FILE_READER = 'FileReader is not part of ECMA-429'
export const GLOBAL_OF_V8 = 'the global object is made by V8, and is an instance of no class of ours'
export const OWNING_STREAMS = 'streams of type "owning" are a proposal that no runtime has'
