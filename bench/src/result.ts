// What a benchmark says: one figure, how it was sampled, and how it stands to a baseline of the same run.
import { median } from './statistics.ts'

/** How a figure stands to another one that was measured in turn with it. */
export interface Ratio {
  readonly baseline: string
  readonly ratio: number
  /** The budget of DESIGN §9 or of an issue, where there is one. */
  readonly atMost?: number | undefined
  readonly atLeast?: number | undefined
}

export interface Measurement {
  /** `suite/what`. */
  readonly name: string
  /** The median of the samples. */
  readonly value: number
  readonly unit: string
  readonly samples: number
  readonly min: number
  readonly max: number
  /** Budgets of the value itself. */
  readonly atMost?: number | undefined
  readonly atLeast?: number | undefined
  readonly ratios: readonly Ratio[]
  /** Figures taken along the way, by name. */
  readonly details?: Readonly<Record<string, number>>
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly platform: string
  readonly node: string
  readonly v8: string
  readonly workerd: string
  readonly deno: string
  /** Commit of the sources, `+` behind it when the working tree differs. */
  readonly commit: string
}

export interface ResultLine extends Measurement {
  readonly machine: Machine
  readonly date: string
}

type Extra = Partial<Pick<Measurement, 'atMost' | 'atLeast' | 'ratios' | 'details'>>

export function measurement(
  name: string,
  samples: ArrayLike<number>,
  options: Extra & { readonly unit: string },
): Measurement {
  const values = Array.from(samples)
  const value = median(values)
  return {
    name,
    value,
    samples: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    ratios: [],
    ...options,
  }
}

/** Whether a measurement keeps its budgets; undefined when it has none. */
export function keepsBudget({ value, atMost, atLeast, ratios }: Measurement): boolean | undefined {
  const verdicts = ratios.flatMap(({ ratio, atMost: most, atLeast: least }) => [
    ...(most === undefined ? [] : [ratio <= most]),
    ...(least === undefined ? [] : [ratio >= least]),
  ])
  if (atMost !== undefined) verdicts.push(value <= atMost)
  if (atLeast !== undefined) verdicts.push(value >= atLeast)
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean)
}
