// Host names in their ASCII form, for the guest's URL. https://url.spec.whatwg.org/#concept-domain-to-ascii
import { domainToASCII, domainToUnicode } from 'node:url'

/** No name that resolves is longer than 253 characters. The bound is for time: this runs on the host's thread. */
const MAX_CHARACTERS = 16_384

// Node sets the name as a URL's host, where some of these end the name and others are decoded or skipped. A caller that
// looks for forbidden characters in the result must not be shown a name without them.
// oxlint-disable-next-line no-control-regex -- they are among the forbidden host code points
const FORBIDDEN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/

/** '' when the name has no ASCII form. */
export function domainToAscii(name: string): string {
  if (name.length > MAX_CHARACTERS || FORBIDDEN.test(name)) return ''
  const ascii = domainToASCII(name)
  return ascii.includes('xn--') && ascii.split('.').some(isUndecodable) ? '' : ascii
}

/** Node leaves a label that says it is Punycode, and is none, as it was. */
function isUndecodable(label: string): boolean {
  return label.startsWith('xn--') && domainToUnicode(label) === label
}
