// The program of a host process. The supervisor starts it, tells it what it is, and hands it the socket to accept on.
//
// Descriptors beyond the standard ones: 3 is Node's IPC, 4 takes the watchdog's last words, 5 is the flight record.
import { writeSync } from 'node:fs'
import {
  type HostToSupervisor,
  type LastWord,
  OWN_DOOR,
  type SupervisorToHost,
} from '../../wire/supervisor-messages.ts'
import { Host } from './host.ts'

const WORDS_FD = 4
const RECORD_FD = 5

const send = (message: HostToSupervisor): void => void process.send?.(message)
let host: Host | undefined

async function receive(message: SupervisorToHost, handle: unknown): Promise<void> {
  switch (message.type) {
    case 'configure':
      host = new Host(message.config, {
        wordsFd: WORDS_FD,
        recordFd: RECORD_FD,
        worn: (reason) => send({ type: 'worn', reason }),
      })
      await host.warmUp()
      send({ type: 'booted' })
      return
    case 'takeSlot':
      host?.takeSlot(message, handle)
      return
    case 'serve':
      await host?.serve(message, handle)
      send({ type: 'serving' })
      return
    case 'accept':
      await host?.accept()
      send({ type: 'opened', door: OWN_DOOR })
      return
    case 'open':
      await host?.open(message.door, message.domain, handle)
      send({ type: 'opened', door: message.door })
      return
    case 'close':
      await host?.close(message.door, message.limitMs)
      send({ type: 'closed', door: message.door })
      return
    case 'recordPrecisely':
      host?.recordPrecisely()
      return
    case 'ping':
      if (host !== undefined) send({ type: 'pong', health: host.health() })
      return
    case 'drain':
      send({ type: 'drained', cut: (await host?.drain(message.limitMs)) ?? 0 })
  }
}

function fail(error: unknown): void {
  process.stderr.write(`isopod: a host failed: ${error instanceof Error ? error.stack : String(error)}\n`)
  const detail = `the host failed: ${error instanceof Error ? error.message : String(error)}`
  const word: LastWord = { type: 'failed', number: 0, detail }
  writeSync(WORDS_FD, `${JSON.stringify(word)}\n`)
  process.kill(process.pid, 'SIGKILL')
}

// Ctrl-C reaches the whole process group; ending is the supervisor's to decide.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
// Without a supervisor there is nobody to serve for. SIGKILL, because leaving in order waits for threads inside V8.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('uncaughtException', fail)
process.on('message', (message: SupervisorToHost, handle: unknown) => {
  receive(message, handle).catch(fail)
})
