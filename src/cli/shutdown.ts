// Ends a server in order on the first signal, and at once on the second.

/** One Ctrl-C arrives several times: from the terminal, and from npm and other parents that pass it on. */
const SAME_KEYSTROKE_MS = 200

/** The process ended in order, but tasks had to be cut off to end it in time. */
const EXIT_CUT = 3

export interface Closing {
  /** Returns how many tasks were not finished in time. */
  close(): Promise<number>
  /** Before the process ends at once. */
  kill?(): void
}

export function onShutdown({ close, kill }: Closing): void {
  let closingSinceMs: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closingSinceMs !== undefined) {
      if (performance.now() - closingSinceMs <= SAME_KEYSTROKE_MS) return
      kill?.()
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    closingSinceMs = performance.now()
    const closed = close()
    process.stdout.write('isopod is closing; once more to end at once\n')
    closed.then(
      (cut) => {
        if (cut > 0) process.stderr.write(`isopod: ${cut} tasks were not finished in time and were cut off\n`)
        process.exit(cut > 0 ? EXIT_CUT : 0)
      },
      (error: unknown) => {
        process.stderr.write(`isopod: closing failed: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
