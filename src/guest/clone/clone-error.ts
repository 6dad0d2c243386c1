import { DOMException } from '../dom/dom-exception.ts'
import {
  FunctionPrototypeToString,
  ObjectPrototypeToString,
  StringPrototypeSlice,
  SymbolPrototypeToString,
} from '../primordials.ts'

const MAX_DESCRIPTION = 100

export function cannotClone(value: unknown): DOMException {
  return new DOMException(`${describe(value)} cannot be cloned.`, 'DataCloneError')
}

function describe(value: unknown): string {
  if (typeof value === 'symbol') return SymbolPrototypeToString(value)
  if (typeof value === 'function') return StringPrototypeSlice(FunctionPrototypeToString(value), 0, MAX_DESCRIPTION)
  return ObjectPrototypeToString(value)
}
