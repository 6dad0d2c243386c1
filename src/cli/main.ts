#!/usr/bin/env node
// The command line. Commands that run isolates need Node to be started with the engine's flags, so this process starts
// itself again with them.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Command } from 'commander'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'
import { version } from './package-version.ts'
import { reportError } from './report-error.ts'
import { runCommand } from './run.ts'
import { serveCommand } from './serve.ts'

async function main(): Promise<void> {
  const program = new Command('isopod')
    .description("Runs other people's JavaScript in V8 isolates, with limits that hold.")
    .version(version)
    .option('--stack', 'print stacks of errors')
    .showHelpAfterError('(isopod --help tells more)')
    .addCommand(serveCommand())
    .addCommand(runCommand())
  try {
    await program.parseAsync()
  } catch (error) {
    reportError(error, { stack: program.opts()['stack'] === true })
    process.exitCode = 1
  }
}

function startAgainWithFlags(): void {
  const child = spawn(process.execPath, [...ENGINE_FLAGS, ...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward)
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
  })
}

// Whoever reads our output may stop before we do, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

if (ENGINE_FLAGS.every((flag) => process.execArgv.includes(flag))) await main()
else startAgainWithFlags()
