// What happens in workers, on the terminal.
import type { Observer } from '../../observer.ts'
import { BoundedOutput } from '../../wire/bounded-output.ts'
import { terminalText } from '../../wire/terminal-text.ts'

/** A line that a worker breaks goes on further in, so that it cannot pass for one of somebody else. */
function indented(text: string): string {
  return terminalText(text).replaceAll('\n', '\n    ')
}

export function hostObserver(): Observer {
  const stdout = new BoundedOutput(1)
  const stderr = new BoundedOutput(2)
  return {
    log({ worker }, { level, message }) {
      const output = level === 'error' || level === 'warn' ? stderr : stdout
      output.write(`${worker}: ${indented(message)}\n`)
    },
    taskEnded({ worker, outcome, error }) {
      if (error === undefined || outcome === 'canceled') return
      const { message, name, stack } = error
      const text = stack ?? (name === undefined ? message : `${name}: ${message}`)
      stderr.write(`${worker}: ${outcome}: ${indented(text)}\n`)
    },
  }
}
