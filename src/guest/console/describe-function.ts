import {
  FunctionPrototypeToString,
  ObjectGetPrototypeOf,
  StringPrototypeStartsWith,
  SymbolToStringTag,
} from '../primordials.ts'
import { dataText } from './data-properties.ts'

/** `[Function: name]`, `[AsyncFunction: name]`, `[class A extends B]`. */
export function describeFunction(fn: object): string {
  const name = dataText(fn, 'name')
  const source = FunctionPrototypeToString(fn)
  const parent = ObjectGetPrototypeOf(fn) as object | null
  if (StringPrototypeStartsWith(source, 'class')) {
    const base = parent === null ? 'null' : dataText(parent, 'name')
    return `[class ${name === '' ? '(anonymous)' : name}${base === '' ? '' : ` extends ${base}`}]`
  }
  const tag = dataText(fn, SymbolToStringTag)
  return `[${tag === '' ? 'Function' : tag}${name === '' ? ' (anonymous)' : `: ${name}`}]`
}
