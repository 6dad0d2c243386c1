// What the figures were measured on.
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { denoBinary, workerdBinary } from './binaries.ts'
import type { Machine } from './result.ts'

function firstLine(command: string, args: readonly string[]): string {
  const output = execFileSync(command, args, {
    encoding: 'utf8',
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output.split('\n', 1)[0] ?? ''
}

/** An installed package or an archive has no history. */
function commit(): string {
  try {
    const changed = firstLine('git', ['status', '--porcelain', '--', '../../src'])
    return firstLine('git', ['rev-parse', '--short', 'HEAD']) + (changed === '' ? '' : '+')
  } catch {
    return 'unknown'
  }
}

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
    workerd: firstLine(workerdBinary(), ['--version']).replace(/^workerd /, ''),
    deno: firstLine(denoBinary(), ['--version']).split(' ')[1] ?? 'unknown',
    commit: commit(),
  }
}
