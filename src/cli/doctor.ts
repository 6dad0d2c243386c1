// `isopod doctor`: what this machine offers, tried and not guessed.
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Settings } from '../config/settings.ts'
import { assertFree } from '../supervisor/sockets.ts'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'
import { hostMemoryMb } from '../supervisor/host-memory.ts'
import { planSandbox } from '../supervisor/sandbox/plan-sandbox.ts'
import { addJsonOption, print } from './output.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

interface Finding {
  readonly what: string
  readonly state: 'ok' | 'warning' | 'problem'
  readonly detail: string
}

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('Say what this machine offers: engine, confinement of hosts, memory, ports, data folder.')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod doctor\n  isopod doctor --json\n\nExit code 1 where something would keep a server from starting.\n',
    )
  addJsonOption(command)
  addSettingOptions(command, ['port', 'adminPort', 'listen', 'hosts', 'memoryMb', 'dataFolder', 'sandbox', 'hostUser'])
  return command.action(async () => {
    const settings = settingsOf(command)
    const findings: Finding[] = [
      {
        what: 'node',
        state: 'ok',
        detail: `${process.version}, V8 ${process.versions.v8}, ${process.platform}-${process.arch}`,
      },
      await engine(),
      ...(await confinement(settings)),
      memory(settings),
      await port('data port', settings.port, settings.listen),
      await port('admin port', settings.adminPort, '127.0.0.1'),
      dataFolder(settings.dataFolder),
    ]
    print(command, { findings }, () => findings.map(lineOf).join('\n'))
    if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1
  })
}

const MARKS = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' }

function lineOf({ detail, state, what }: Finding): string {
  return `${MARKS[state]} ${what}: ${detail}`
}

async function engine(): Promise<Finding> {
  try {
    // Only `isolate/` knows its name.
    await import('../isolate/engine-isolate.ts')
    return { what: 'engine', state: 'ok', detail: 'isolated-vm loads' }
  } catch (error) {
    return { what: 'engine', state: 'problem', detail: `isolated-vm does not load: ${(error as Error).message}` }
  }
}

async function confinement(settings: Pick<Settings, 'sandbox' | 'hostUser'>): Promise<Finding[]> {
  const runFolder = mkdtempSync(join(tmpdir(), 'isopod-doctor-'))
  try {
    const { level, measures } = await planSandbox({
      sandbox: settings.sandbox,
      user: settings.hostUser,
      environment: process.env,
      runFolder,
      nodeFlags: ENGINE_FLAGS,
    })
    return [
      { what: 'confinement of hosts', state: level === 'low' ? 'warning' : 'ok', detail: `level ${level}` },
      ...measures.map(({ detail, inForce, name }): Finding => ({
        what: `  ${name}`,
        state: inForce ? 'ok' : 'warning',
        detail,
      })),
    ]
  } catch (error) {
    return [{ what: 'confinement of hosts', state: 'problem', detail: (error as Error).message }]
  } finally {
    rmSync(runFolder, { recursive: true, force: true })
  }
}

function memory({ hosts: wanted, memoryMb }: Pick<Settings, 'hosts' | 'memoryMb'>): Finding {
  const hosts = Math.max(1, wanted ?? availableParallelism())
  const each = hostMemoryMb(memoryMb, hosts)
  const detail = `${each} MiB for each of ${hosts} hosts; ${availableParallelism()} cores`
  return { what: 'memory', state: each < 256 ? 'warning' : 'ok', detail }
}

async function port(what: string, number: number, host: string): Promise<Finding> {
  if (number === 0) return { what, state: 'ok', detail: 'a free one' }
  try {
    await assertFree(host, number, performance.now())
    return { what, state: 'ok', detail: `${number} of ${host} is free` }
  } catch {
    return { what, state: 'problem', detail: `${number} of ${host} is in use` }
  }
}

function dataFolder(path: string | undefined): Finding {
  if (path === undefined) {
    return {
      what: 'data',
      state: 'warning',
      detail: 'no data folder: all is forgotten when the server ends; give --data <folder>',
    }
  }
  try {
    accessSync(path, constants.W_OK)
    return { what: 'data', state: 'ok', detail: `${path} can be written to` }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isMissing
      ? { what: 'data', state: 'ok', detail: `${path} will be made` }
      : { what: 'data', state: 'problem', detail: `${path} cannot be written to` }
  }
}
