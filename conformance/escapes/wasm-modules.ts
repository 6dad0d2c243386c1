// WebAssembly modules as source text: an array of bytes, assembled by hand. Each exports `run`, without parameters.

const HEADER = '0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0'
const EXPORT_RUN = '7, 7, 1, 3, 114, 117, 110, 0, 0'
const START = '8, 1, 0'
/** loop (br 0) */
const LOOP_BODY = '10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11'
/** call 0 */
const RECURSION_BODY = '10, 6, 1, 4, 0, 16, 0, 11'

export const WASM_LOOP: string = `new Uint8Array([${HEADER}, ${EXPORT_RUN}, ${LOOP_BODY}])`

export const WASM_LOOP_AT_START: string = `new Uint8Array([${HEADER}, ${EXPORT_RUN}, ${START}, ${LOOP_BODY}])`

export const WASM_RECURSION: string = `new Uint8Array([${HEADER}, ${EXPORT_RUN}, ${RECURSION_BODY}])`
