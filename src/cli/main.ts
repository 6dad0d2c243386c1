#!/usr/bin/env node
// The command line.
import { Command } from 'commander'
import { cronCommand } from './cron.ts'
import { deployCommand } from './deploy.ts'
import { devCommand } from './dev.ts'
import { doctorCommand } from './doctor.ts'
import { initCommand } from './init.ts'
import { kvCommand } from './kv.ts'
import { version } from './package-version.ts'
import { reportError } from './report-error.ts'
import { runCommand } from './run.ts'
import { reloadCommand } from './reload.ts'
import { secretCommand } from './secret.ts'
import { serveCommand } from './serve.ts'
import { deleteCommand, routesCommand, statusCommand } from './status.ts'
import { tailCommand } from './tail.ts'
import { tenantsCommand } from './tenants.ts'
import { tokensCommand } from './tokens.ts'
import { deploymentsCommand, rollbackCommand, versionsCommand } from './versions.ts'

async function main(): Promise<void> {
  const program = new Command('isopod')
    .description("Runs other people's JavaScript in V8 isolates, with limits that hold.")
    .version(version)
    .option('--stack', 'print stacks of errors')
    .showHelpAfterError('(isopod --help tells more)')
    .addCommand(initCommand())
    .addCommand(devCommand())
    .addCommand(deployCommand())
    .addCommand(versionsCommand())
    .addCommand(deploymentsCommand())
    .addCommand(rollbackCommand())
    .addCommand(tailCommand())
    .addCommand(secretCommand())
    .addCommand(kvCommand())
    .addCommand(cronCommand())
    .addCommand(routesCommand())
    .addCommand(tenantsCommand())
    .addCommand(statusCommand())
    .addCommand(deleteCommand())
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
