// What one version may reach: the operator's policy and the tenant's as one judge of host names and addresses. Denials of
// either hold, `hosts` of both must have the name, and grants add up: a version comes from the operator's control plane,
// so what it allows the operator allowed. Names are judged before they are resolved: a refused one leaks nothing by DNS.
import { IsopodError } from '../errors.ts'
import type { NetworkPolicy } from '../version.ts'
import { type AddressRules, ALLOWED, type Decision, judgeAddress, refused } from './address-guard.ts'
import { type HostPattern, matchesHost, normalizeHost, parseHostPattern } from './host-pattern.ts'
import { type IpRange, parseRange, rangeText } from './ip-range.ts'

export interface NetworkGuard {
  /** Guards with one key decide alike and are of one owner: they may share connections. */
  readonly key: string
  checkHost(hostname: string): Decision
  checkAddress(address: string): Decision
}

export interface NetworkGuardOptions {
  /** Bounds every tenant. */
  readonly operator?: NetworkPolicy
  /** Of the version. */
  readonly tenant?: NetworkPolicy | undefined
  /** Guards of different owners never have one key. */
  readonly owner?: string
}

interface ParsedPolicy {
  readonly allow: readonly IpRange[]
  readonly denyAddresses: readonly IpRange[]
  readonly denyHosts: readonly HostPattern[]
  readonly hosts: readonly HostPattern[] | undefined
}

/** @throws IsopodError `INVALID_OPTION` when a list holds something that does not belong there */
export function createNetworkGuard({ operator, tenant, owner = '' }: NetworkGuardOptions = {}): NetworkGuard {
  const policies = [
    { policy: parseNetworkPolicy(operator), of: 'the operator' },
    { policy: parseNetworkPolicy(tenant), of: "the worker's network policy" },
  ]
  const rules: AddressRules = {
    allow: policies.flatMap(({ policy }) => policy.allow),
    deny: policies.flatMap(({ policy, of }) =>
      policy.denyAddresses.map((range) => ({ range, reason: `an address ${of} denies` })),
    ),
  }
  return {
    key: JSON.stringify([owner, ...policies.map(({ policy }) => canonical(policy))]),
    checkHost(hostname) {
      const host = normalizeHost(hostname)
      const isAmong = (patterns: readonly HostPattern[]): boolean =>
        patterns.some((pattern) => matchesHost(host, pattern))
      for (const { policy, of } of policies) {
        if (isAmong(policy.denyHosts)) return refused(`a host ${of} denies`)
      }
      for (const { policy, of } of policies) {
        if (policy.hosts !== undefined && !isAmong(policy.hosts)) return refused(`not a host ${of} allows`)
      }
      return ALLOWED
    },
    checkAddress: (address) => judgeAddress(address, rules),
  }
}

/** @throws IsopodError `INVALID_OPTION` */
function parseNetworkPolicy({ allow = [], deny = [], hosts }: NetworkPolicy = {}): ParsedPolicy {
  const denied = deny.map((text) => parseRange(text) ?? parseHostPattern(text) ?? invalid(text, RANGE_OR_HOST))
  return {
    allow: allow.map((text) => parseRange(text) ?? invalid(text, RANGE)),
    denyAddresses: denied.filter((entry) => typeof entry === 'object'),
    denyHosts: denied.filter((entry) => typeof entry === 'string'),
    hosts: hosts?.map((text) => parseHostPattern(text) ?? invalid(text, HOST)),
  }
}

const RANGE = 'an IP address nor a CIDR range such as 10.0.0.0/8'
const HOST = 'a host name nor a pattern such as *.example.com'
const RANGE_OR_HOST = 'an IP address, a CIDR range such as 10.0.0.0/8, a host name, nor a pattern such as *.example.com'

function invalid(text: string, kinds: string): never {
  throw new IsopodError('INVALID_OPTION', `${JSON.stringify(text)} in a network policy is neither ${kinds}.`)
}

/** The same for policies that mean the same, whatever the order of their lists. */
function canonical({ allow, denyAddresses, denyHosts, hosts }: ParsedPolicy): unknown {
  return [
    sorted(allow.map(rangeText)),
    sorted(denyAddresses.map(rangeText)),
    sorted(denyHosts),
    hosts === undefined ? null : sorted(hosts),
  ]
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted()
}
