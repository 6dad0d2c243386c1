#!/usr/bin/env node
// The command line.
import { Command } from 'commander'
import { doctorCommand } from './doctor.ts'
import { version } from './package-version.ts'
import { reportError } from './report-error.ts'
import { runCommand } from './run.ts'
import { reloadCommand } from './reload.ts'
import { serveCommand } from './serve.ts'
import { tokensCommand } from './tokens.ts'

async function main(): Promise<void> {
  const program = new Command('isopod')
    .description("Runs other people's JavaScript in V8 isolates, with limits that hold.")
    .version(version)
    .option('--stack', 'print stacks of errors')
    .showHelpAfterError('(isopod --help tells more)')
    .addCommand(serveCommand())
    .addCommand(runCommand())
    .addCommand(reloadCommand())
    .addCommand(doctorCommand())
    .addCommand(tokensCommand())
  try {
    await program.parseAsync()
  } catch (error) {
    reportError(error, { stack: program.opts()['stack'] === true })
    process.exitCode = 1
  }
}

// Whoever reads our output may stop before we do, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

await main()
