// https://fetch.spec.whatwg.org/#dom-body-formdata
import {
  RegExpPrototypeExec,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  TypeErrorConstructor,
} from '../primordials.ts'
import type { FormData } from './form-data.ts'
import { parseMultipart } from './multipart.ts'
import { parseUrlencodedForm } from './urlencoded-form.ts'

const ESSENCE = /^[^;]*/
const BOUNDARY = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i

export function parseFormBody(bytes: Uint8Array, contentType: string | null): FormData {
  const type = contentType ?? ''
  const essence = StringPrototypeToLowerCase(StringPrototypeTrim(RegExpPrototypeExec(ESSENCE, type)?.[0] ?? ''))
  if (essence === 'application/x-www-form-urlencoded') return parseUrlencodedForm(bytes)
  if (essence === 'multipart/form-data') {
    const match = RegExpPrototypeExec(BOUNDARY, type)
    const boundary = match?.[1] ?? match?.[2]
    if (boundary === undefined) throw new TypeErrorConstructor('The Content-Type names no multipart boundary.')
    return parseMultipart(bytes, boundary)
  }
  throw new TypeErrorConstructor(`A body of type "${type}" is no form.`)
}
