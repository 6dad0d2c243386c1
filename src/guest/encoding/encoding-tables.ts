// Stands in for the file of tables that @exodus/bytes has: the host gives them when a program first needs one.
import { JSONParse } from '../primordials.ts'

let askHost: () => string = () => '{}'

export function setEncodingTables(ask: () => string): void {
  askHost = ask
}

/** Called by @exodus/bytes in place of its own loader. */
// oxlint-disable-next-line import/no-default-export -- the form the library imports
export default function loadEncodingTables(): unknown {
  return JSONParse(askHost())
}
