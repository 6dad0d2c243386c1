// Console output goes to the host a line at a time; the host bounds how much it keeps.
import { LOG_LEVELS, OP } from '../../bridge/ops.ts'
import { ArrayPrototypeIndexOf } from '../primordials.ts'
import { hostCall } from './host.ts'

type LogLevel = (typeof LOG_LEVELS)[number]

export function writeLog(level: LogLevel, text: string): void {
  hostCall(OP.log, 0, ArrayPrototypeIndexOf(LOG_LEVELS as unknown as LogLevel[], level), text)
}
