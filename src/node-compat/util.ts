// `node:util`.
import { callbackify, deprecate, inherits, promisify } from './util/functions.ts'
import { debuglog, format, formatWithOptions, inspect, stripVTControlCharacters } from './util/text.ts'
import { isDeepStrictEqual } from './util/is-deep-strict-equal.ts'
import * as types from './util/types.ts'

const { isArray } = Array
const { TextDecoder, TextEncoder } = globalThis
const toUSVString = (text: unknown): string => String(text).toWellFormed()

export {
  callbackify,
  debuglog,
  debuglog as debug,
  deprecate,
  format,
  formatWithOptions,
  inherits,
  inspect,
  isArray,
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  TextDecoder,
  TextEncoder,
  toUSVString,
  types,
}
export default {
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  inherits,
  inspect,
  isArray,
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  TextDecoder,
  TextEncoder,
  toUSVString,
  types,
}
