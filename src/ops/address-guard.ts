// Decides which IP addresses a worker's fetch may connect to: public ones, and those it was granted. Everything else
// could be the host itself, its neighbours, or a cloud's metadata service. What is not understood is refused.
// Called by `guarded-connect.ts` for every address that is really connected to, through `network-guard.ts`.
import { embeddedIpv4 } from './embedded-ipv4.ts'
import { type IpAddress, type IpRange, isInRange, isSingleAddress, mappedIpv4, parseAddress } from './ip-range.ts'
import { isMetadataAddress, notPublicBecause } from './special-addresses.ts'

export type Decision =
  | { readonly allowed: true }
  /** `reason` completes "it is …". */
  | { readonly allowed: false; readonly reason: string }

export const ALLOWED: Decision = Object.freeze({ allowed: true })

export function refused(reason: string): Decision {
  return { allowed: false, reason }
}

export interface AddressRules {
  /** Reachable although not public. */
  readonly allow: readonly IpRange[]
  /** Wins over `allow`. */
  readonly deny: readonly { readonly range: IpRange; readonly reason: string }[]
}

export function judgeAddress(text: string, rules: AddressRules): Decision {
  const parsed = parseAddress(text)
  if (parsed === undefined) return refused('not an address that can be judged')
  const outer = mappedIpv4(parsed) ?? parsed
  const inner = embeddedIpv4(outer)
  const forms = inner === undefined ? [outer] : [outer, inner.address]
  const denied = rules.deny.find(({ range }) => forms.some((form) => isInRange(form, range)))
  if (denied !== undefined) return refused(denied.reason)
  if (isGranted(outer, rules)) return ALLOWED
  const judged = inner?.answers === 'whole' ? [inner.address] : forms
  for (const form of judged) {
    const reason = isGranted(form, rules) ? undefined : notPublicBecause(form)
    if (reason !== undefined) return refused(reason)
  }
  return ALLOWED
}

/** A wide range is granted for the machines in it. Metadata services hand out the host's own keys: only by address. */
function isGranted(address: IpAddress, { allow }: AddressRules): boolean {
  const ranges = isMetadataAddress(address) ? allow.filter(isSingleAddress) : allow
  return ranges.some((range) => isInRange(address, range))
}
