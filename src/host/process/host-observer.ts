// What happens in workers, on the terminal.
import type { Observer } from '../../observer.ts'
import { BoundedOutput } from '../../wire/bounded-output.ts'

export function hostObserver(): Observer {
  const stdout = new BoundedOutput(1)
  const stderr = new BoundedOutput(2)
  return {
    log({ worker }, { level, message }) {
      const output = level === 'error' || level === 'warn' ? stderr : stdout
      output.write(`${worker}: ${message}\n`)
    },
    taskEnded({ worker, outcome, error }) {
      if (error === undefined || outcome === 'canceled') return
      const { message, name, stack } = error
      const text = stack ?? (name === undefined ? message : `${name}: ${message}`)
      stderr.write(`${worker}: ${outcome}: ${text}\n`)
    },
  }
}
