// Contenders take turns, A B C A B C …, so that whatever disturbs the machine disturbs all of them alike.
import { median } from './statistics.ts'

export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** One sample of every contender per round. The first contender changes from round to round. */
export async function inRounds<Name extends string>(
  names: readonly Name[],
  options: { readonly rounds: number; readonly measure: (name: Name) => number | Promise<number> },
): Promise<Samples<Name>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < options.rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length]
      if (name !== undefined) samples[name].push(await options.measure(name))
    }
  }
  return samples
}

/** The median over rounds of one contender's sample divided by the other's of the same round. */
export function medianRatio(samples: readonly number[], baseline: readonly number[]): number {
  return median(samples.map((value, round) => value / (baseline[round] ?? Number.NaN)))
}
