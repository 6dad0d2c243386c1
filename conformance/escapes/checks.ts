// What `verify` functions of several attacks look for.
import { type Evidence, NEIGHBOUR_SECRET } from './attack.ts'

/** Paths of the host, and words that only its stacks contain. */
const HOST_TRACES =
  /node:internal|node_modules|isolated_vm|isolated-vm|\/src\/(?:isolate|instance|host|ops|pool)\/|file:\/\/\/(?!worker\.js|index\.js)/

export function showsNothingOfTheHost({ exchanges }: Evidence): string | undefined {
  for (const { raw } of exchanges) {
    const [trace] = HOST_TRACES.exec(raw) ?? []
    if (trace !== undefined) return `the response shows something of the host: "${trace}"`
    if (raw.includes(import.meta.dirname.replace(/\/conformance\/.*/, ''))) return 'the response shows a host path'
  }
  return undefined
}

export function bodiesAre(expected: string): (evidence: Evidence) => string | undefined {
  return ({ bodies }) => {
    const other = bodies.find((body) => body !== expected)
    return other === undefined ? undefined : `expected "${expected}", got "${other.slice(0, 200)}"`
  }
}

export function bodiesMatch(pattern: RegExp): (evidence: Evidence) => string | undefined {
  return ({ bodies }) => {
    const other = bodies.find((body) => !pattern.test(body))
    return other === undefined ? undefined : `expected ${String(pattern)}, got "${other.slice(0, 200)}"`
  }
}

export function lastBodyIs(expected: string): (evidence: Evidence) => string | undefined {
  return ({ bodies }) =>
    bodies.at(-1) === expected ? undefined : `at last got "${String(bodies.at(-1)).slice(0, 200)}"`
}

/** Every line of an `asks()` worker says that the guard refused, before anything was connected to. */
export function reachedNothing(evidence: Evidence): string | undefined {
  const lines = linesOf(evidence)
  const other = lines.find((line) => !line.startsWith('refused Workers may not connect to'))
  return refusedEverything(evidence) ?? (other === undefined ? undefined : `not refused by the guard: ${other}`)
}

/** Nothing was reached, whatever the reason: for names and schemes that need not exist. */
export function refusedEverything(evidence: Evidence): string | undefined {
  if (evidence.baitHits > 0) return `the bait was reached ${evidence.baitHits} times`
  const reached = linesOf(evidence).find((line) => !line.startsWith('refused'))
  return reached === undefined ? undefined : `an address was reached: ${reached}`
}

function linesOf({ bodies }: Evidence): string[] {
  return bodies
    .join('\n')
    .split('\n')
    .filter((line) => line !== '')
}

export function noHeaderNamed(name: string): (evidence: Evidence) => string | undefined {
  return ({ exchanges }) => {
    const responses = exchanges.flatMap((exchange) => exchange.responses)
    const injected = responses.some(({ headers }) => headers.some(([key]) => key === name))
    return injected ? `the header "${name}" was injected` : undefined
  }
}

/** One request on the connection, so one response. */
export function oneResponseEach({ exchanges }: Evidence): string | undefined {
  const split = exchanges.find(({ responses }) => responses.length !== 1)
  return split === undefined ? undefined : `${split.responses.length} responses to one request`
}

export function keepsTheSecret({ exchanges }: Evidence): string | undefined {
  return exchanges.some(({ raw }) => raw.includes(NEIGHBOUR_SECRET)) ? "the neighbour's secret leaked" : undefined
}

/** Several checks; the first problem counts. */
export function all(
  ...checks: readonly ((evidence: Evidence) => string | undefined)[]
): (evidence: Evidence) => string | undefined {
  return (evidence) => {
    for (const check of checks) {
      const problem = check(evidence)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}
