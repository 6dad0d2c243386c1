// Which URLs a worker may fetch at all. Judged for the first request and for every redirect; addresses are judged
// later, when they are known, by `guarded-connect.ts`.
import { FetchFailure } from './fetch-failure.ts'

/** @throws FetchFailure when the URL is not one to send a request to. */
export function parseTarget(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw new FetchFailure('TypeError', 'The URL is not valid.')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchFailure('TypeError', `Only http and https URLs can be fetched, not "${url.protocol.slice(0, 32)}".`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchFailure(
      'TypeError',
      'A URL with a user name or password cannot be fetched; use an Authorization header.',
    )
  }
  if (BAD_PORTS.has(url.port)) throw new FetchFailure('TypeError', `Port ${url.port} is blocked by the Fetch standard.`)
  return url
}

/** Ports of protocols that can be made to take HTTP for their own. https://fetch.spec.whatwg.org/#port-blocking */
const BAD_PORTS: ReadonlySet<string> = new Set(
  (
    '0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 ' +
    '135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 ' +
    '995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
  ).split(' '),
)
