// Stands in for `tr46`, whose tables are 246 KB: the host already has them. Only names with characters beyond ASCII get
// here. https://url.spec.whatwg.org/#concept-domain-to-ascii

/** Gives the ASCII form of a domain, or the empty string if it has none. */
type DomainToAscii = (domain: string) => string

let askHost: DomainToAscii = () => ''

export function setDomainToAscii(convert: DomainToAscii): void {
  askHost = convert
}

/** Called by whatwg-url in place of the function of `tr46`. */
export function toASCII(domain: string): string | null {
  const ascii = askHost(domain)
  return ascii === '' ? null : ascii
}
