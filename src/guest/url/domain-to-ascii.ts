// Stands in for `tr46`, whose tables are 246 KB: the host already has them. Only names with characters beyond ASCII get
// here. https://url.spec.whatwg.org/#concept-domain-to-ascii
import { OP } from '../../bridge/ops.ts'
import { hostCall } from '../runtime/host.ts'

/** Called by whatwg-url in place of the function of `tr46`. Null: the domain has no ASCII form. */
export function toASCII(domain: string): string | null {
  const ascii = hostCall(OP.domainToAscii, 0, domain) as string
  return ascii === '' ? null : ascii
}
