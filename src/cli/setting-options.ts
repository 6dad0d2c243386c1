// Settings as options of a command, made from the one table.
import { type Command, Option } from 'commander'
import { readSettings, type SettingName, SETTINGS, type Settings } from '../config/settings.ts'
import { defaultReplicas } from '../host/runtime-options.ts'
import type { CompatibilityFlag } from '../version.ts'
import type { HostConfig } from '../wire/supervisor-messages.ts'

/** Adds the flags of the settings to a command. */
export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const setting = SETTINGS[name]
    if (setting.flag === undefined) continue
    const option = new Option(setting.flag, `${setting.text} (${setting.env})`)
    // Commander would derive the name from the flag.
    option.attributeName = () => name
    command.addOption(option)
  }
  return command
}

/** @throws IsopodError `INVALID_OPTION` */
export function settingsOf(command: Command): Settings {
  return readSettings(command.opts(), process.env)
}

/** Without a setting the project's own package.json says it. */
export function bundlingOptionsOf({ compatibilityFlags }: Settings): {
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
} {
  return compatibilityFlags === undefined ? {} : { compatibilityFlags }
}

/** What a runtime and a host have in common. */
type SettledOptions = Omit<
  HostConfig,
  'mainHosts' | 'domain' | 'observed' | 'memoryMb' | 'controlSocket' | 'kvSocket' | 'probationSocket' | 'slotSockets'
>

export function runtimeOptionsOf(settings: Settings): SettledOptions {
  return {
    mode: settings.mode,
    executor: settings.executor,
    poolSize: settings.poolSize,
    poolContext: settings.poolContext,
    clock: settings.clock,
    reserveSize: settings.reserveSize,
    taskQueueSize: settings.taskQueueSize,
    tenantQueueSize: settings.tenantQueueSize,
    queueWaitMs: settings.queueWaitMs,
    persistentReplicas: settings.persistentPoolSize ?? defaultReplicas(),
    ...(settings.tenantInstances === undefined ? {} : { tenantInstances: settings.tenantInstances }),
    maxAgeMs: settings.maxAgeMs,
    maxErrors: settings.maxErrors,
    restartMemoryMb: settings.restartMemoryMb,
    healthCheckMs: settings.healthCheckMs,
    drainMs: settings.drainMs,
    limits: { cpuMs: settings.cpuMs, wallMs: settings.wallMs, heapMb: settings.heapMaxMb },
    network: {
      allow: settings.allowAddresses,
      deny: settings.denyAddresses,
      ...(settings.allowHosts === undefined ? {} : { hosts: settings.allowHosts }),
    },
  }
}
