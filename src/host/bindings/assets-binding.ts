// A worker that asks for the static files of its own version: the answers are those a client gets where there is no worker.
import type { Assets } from '../../assets.ts'
import { BindingFailure } from '../../ops/bindings/binding-failure.ts'
import type { Binding } from '../../ops/bindings/binding.ts'
import { fromBytes, isByteSource } from '../../ops/byte-source.ts'
import type { Version } from '../../version.ts'
import { answerAlone } from '../assets/asset-answer.ts'
import { openContent, type PieceSource } from '../assets/asset-body.ts'

export function assetsBinding(version: Version & { readonly assets: Assets }, pieces: PieceSource): Binding {
  return {
    async fetch(request) {
      const { body, method, url } = request
      if (isByteSource(body)) body.cancel('files are asked for without a body')
      const { content, response } = answerAlone(version.assets, { ...request, method: method.toUpperCase() })
      const { bodyLength, ...head } = response
      const length: readonly [string, string][] =
        bodyLength === undefined ? [] : [['content-length', String(bodyLength)]]
      const answer = { ...head, headers: [...head.headers, ...length], url, redirected: false, decoded: false }
      if (content === undefined) return answer
      try {
        const opened = await openContent(pieces, version, content)
        return { ...answer, body: isByteSource(opened) ? opened : fromBytes(opened) }
      } catch (error) {
        throw new BindingFailure(error instanceof Error ? error.message : String(error))
      }
    },
  }
}
