// What happens in workers, on the terminal.
import type { Observer } from '../observer.ts'

export function consoleObserver(): Observer {
  return {
    log({ worker }, { level, message }) {
      const stream = level === 'error' || level === 'warn' ? process.stderr : process.stdout
      stream.write(`${worker}: ${message}\n`)
    },
    taskEnded({ worker, outcome, error }) {
      if (error === undefined || outcome === 'canceled') return
      const { message, name, stack } = error
      const text = stack ?? (name === undefined ? message : `${name}: ${message}`)
      process.stderr.write(`${worker}: ${outcome}: ${text}\n`)
    },
  }
}
