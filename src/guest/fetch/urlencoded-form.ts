// https://url.spec.whatwg.org/#concept-urlencoded-parser, of a body
import { utf8DecodeWithoutBom } from '../encoding/utf8.ts'
import { parseUrlencoded } from '../url/form-urlencoded.ts'
import { appendEntry, FormData } from './form-data.ts'

export function parseUrlencodedForm(bytes: Uint8Array): FormData {
  const form = new FormData()
  const pairs = parseUrlencoded(utf8DecodeWithoutBom(bytes))
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as (typeof pairs)[number]
    appendEntry(form, pair[0], pair[1])
  }
  return form
}
