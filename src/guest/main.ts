// The guest: the web platform and the program's life inside one context. The bundle's value is `install`.
import { setTimer } from './dom/abort.ts'
import { setReportException } from './dom/event-target.ts'
import { enter } from './entry.ts'
import { installGlobals } from './global-scope.ts'
import { setShared } from './parts.ts'
import { exposeRegistration } from './program/program.ts'
import { connectHost, type HostCall } from './runtime/host.ts'
import { reportException } from './runtime/report-exception.ts'
import { startTimer } from './timers/timers.ts'
// Last: by then every module it names has been evaluated.
import { shared } from 'isopod:shared'

/** Connects the context to its host and returns the one function the host enters it by. */
export function install(call: HostCall): typeof enter {
  connectHost(call)
  setReportException(reportException)
  setTimer(startTimer)
  setShared(shared)
  installGlobals(globalThis)
  exposeRegistration()
  return enter
}
