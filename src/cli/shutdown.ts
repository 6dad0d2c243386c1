// Ends the process in order on the first signal, and at once on the second.

/** One Ctrl-C arrives several times: from the terminal, and from npm and other parents that pass it on. */
const SAME_KEYSTROKE_MS = 200

export function onShutdown(close: () => Promise<void>): void {
  let closingSinceMs: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closingSinceMs !== undefined) {
      if (performance.now() - closingSinceMs > SAME_KEYSTROKE_MS) process.exit(signal === 'SIGINT' ? 130 : 143)
      return
    }
    closingSinceMs = performance.now()
    const closed = close()
    process.stdout.write('isopod is closing; once more to end at once\n')
    closed.then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`isopod: closing failed: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
