// Ends the process in order on the first signal, and at once on the second.

export function onShutdown(close: () => Promise<void>): void {
  let closing = false
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(signal === 'SIGINT' ? 130 : 143)
    closing = true
    process.stdout.write('isopod is closing; once more to end at once\n')
    close().then(
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
