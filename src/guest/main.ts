// The guest: the web platform and the program's life inside one context. The bundle's value is `install`.
import { OP } from '../bridge/ops.ts'
import { setTimer } from './dom/abort.ts'
import { setReportException } from './dom/event-target.ts'
import { setEncodingTables } from './encoding/encoding-tables.ts'
import { enter } from './entry.ts'
import { installGlobals } from './global-scope.ts'
import { exposeRegistration } from './program/program.ts'
import { connectHost, type HostCall, hostCall } from './runtime/host.ts'
import { reportException } from './runtime/report-exception.ts'
import { startTimer } from './timers/timers.ts'
import { setDomainToAscii } from './url/domain-to-ascii.ts'

/** Connects the context to its host and returns the one function the host enters it by. */
export function install(call: HostCall): typeof enter {
  connectHost(call)
  setReportException(reportException)
  setTimer(startTimer)
  setDomainToAscii((name) => hostCall(OP.domainToAscii, 0, name) as string)
  setEncodingTables(() => hostCall(OP.encodingTables, 0) as string)
  installGlobals(globalThis)
  exposeRegistration()
  return enter
}
