// What a host may count calls of, for those above it who check what it says.
import { OP } from '../../bridge/ops.ts'

export const OP_NAMES: ReadonlySet<string> = new Set(Object.keys(OP))
