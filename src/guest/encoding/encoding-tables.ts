// Stands in for the file of tables that @exodus/bytes has: the host gives them when a program first needs one.
import { OP } from '../../bridge/ops.ts'
import { JSONParse } from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'

/** Called by @exodus/bytes in place of its own loader. */
// oxlint-disable-next-line import/no-default-export -- the form the library imports
export default function loadEncodingTables(): unknown {
  return JSONParse(hostCall(OP.encodingTables, 0) as string)
}
