// What a server says in Prometheus's text format, as numbers.
import type { TestFleet } from './fleet.ts'

/** Series as they are written, with their values. */
export type Series = ReadonlyMap<string, number>

export function seriesIn(exposition: string): Series {
  const lines = exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

export async function expositionOf(fleet: TestFleet): Promise<string> {
  return (await fetch(`http://127.0.0.1:${fleet.serve.adminPort}/metrics`)).text()
}

export async function seriesOf(fleet: TestFleet): Promise<Series> {
  return seriesIn(await expositionOf(fleet))
}

/** Of all series of that name. */
export function sumIn(series: Series, name: string): number {
  let sum = 0
  for (const [key, value] of series) if (key === name || key.startsWith(`${name}{`)) sum += value
  return sum
}
