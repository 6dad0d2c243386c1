// Subresource integrity: the body of a response is let through only when its hash is one that the request names. It must
// be whole before anybody sees a byte of it. https://w3c.github.io/webappsec-subresource-integrity/
import { createHash } from 'node:crypto'
import type { ByteSource } from '../task.ts'
import { collectBytes } from './collect-body.ts'
import { FetchFailure } from './fetch-failure.ts'

interface Metadata {
  readonly algorithm: string
  readonly digest: string
}

/** From weak to strong. */
const ALGORITHMS: readonly string[] = ['sha256', 'sha384', 'sha512']
const ITEM = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?.*)?$/i

/** The strongest of the hashes; empty where the text names none that is known, and anything matches. */
function parseMetadata(text: string): readonly Metadata[] {
  const known: Metadata[] = []
  for (const item of text.split(/[\t\n\f\r ]+/)) {
    const match = ITEM.exec(item)
    if (match?.[1] === undefined || match[2] === undefined) continue
    known.push({ algorithm: match[1].toLowerCase(), digest: match[2].replaceAll('-', '+').replaceAll('_', '/') })
  }
  const strongest = Math.max(...known.map(({ algorithm }) => ALGORITHMS.indexOf(algorithm)))
  return known.filter(({ algorithm }) => ALGORITHMS.indexOf(algorithm) === strongest)
}

/**
 * The same body, once it is known to be what was asked for.
 * @throws FetchFailure where it is not
 */
export async function verifyIntegrity(
  body: ByteSource | undefined,
  { integrity, maxBytes }: { readonly integrity: string; readonly maxBytes: number },
): Promise<ByteSource | undefined> {
  const accepted = parseMetadata(integrity)
  if (accepted.length === 0) return body
  const bytes = body === undefined ? new Uint8Array() : await collectBytes(body, maxBytes)
  const matches = ({ algorithm, digest }: Metadata): boolean =>
    createHash(algorithm).update(bytes).digest('base64').replace(/=+$/, '') === digest
  if (!accepted.some(matches)) {
    throw new FetchFailure('TypeError', 'The response body is not the one that "integrity" names.')
  }
  return body === undefined ? undefined : sourceOf(bytes)
}

function sourceOf(bytes: Uint8Array): ByteSource {
  let left: Uint8Array | undefined = bytes.byteLength === 0 ? undefined : bytes
  return {
    read: () => {
      const chunk = left
      left = undefined
      return Promise.resolve(chunk)
    },
    cancel() {
      left = undefined
    },
  }
}
