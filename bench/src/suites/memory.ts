// Resident memory of one more instance, over 200 of them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../../src/isolate/engine-flags.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import type { Suite } from '../suite.ts'

const KINDS = ['bare-isolate', 'idle', 'used', 'collected'] as const
const BUDGETS_KB: Readonly<Record<string, number>> = { idle: 2.5 * 1024, collected: 2.5 * 1024 }

function probe(kind: string): number {
  const program = join(import.meta.dirname, '..', 'memory-probe.ts')
  const { stdout, stderr } = spawnSync(process.execPath, [...ENGINE_FLAGS, program, kind], { encoding: 'utf8' })
  const kb = Number.parseFloat(stdout)
  if (Number.isNaN(kb)) throw new Error(`the memory probe "${kind}" failed: ${stderr}`)
  return kb
}

export const memory: Suite = async ({ quick }) => {
  const samples = await inRounds(KINDS, { rounds: quick ? 1 : 3, measure: probe })
  return KINDS.map((kind): Measurement => {
    return measurement(`memory/${kind}`, samples[kind], {
      unit: 'KB resident per instance',
      ratios:
        kind === 'bare-isolate'
          ? []
          : [{ baseline: 'bare-isolate', ratio: medianRatio(samples[kind], samples['bare-isolate']) }],
      atMost: BUDGETS_KB[kind],
    })
  })
}
