// The kinds of errors of JavaScript beside Error itself, by name.
import {
  EvalErrorConstructor,
  RangeErrorConstructor,
  ReferenceErrorConstructor,
  SyntaxErrorConstructor,
  TypeErrorConstructor,
  URIErrorConstructor,
} from './primordials.ts'

export const NATIVE_ERRORS = {
  __proto__: null,
  EvalError: EvalErrorConstructor,
  RangeError: RangeErrorConstructor,
  ReferenceError: ReferenceErrorConstructor,
  SyntaxError: SyntaxErrorConstructor,
  TypeError: TypeErrorConstructor,
  URIError: URIErrorConstructor,
} as unknown as Readonly<Record<string, ErrorConstructor | undefined>>
