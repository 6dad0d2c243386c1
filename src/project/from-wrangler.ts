// wrangler's settings in terms of ours. What a worker would break without is refused; what it runs without is told.
import type { ChosenEnvironment } from './choose-environment.ts'
import type { IsopodSection, WranglerSection } from './config-section.ts'
import type { ConfigProblem } from './config-text.ts'
import { IGNORED_KEYS, namesIn, REFUSED_KEYS } from './wrangler-keys.ts'

interface Translation {
  readonly section: IsopodSection
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly string[]
}

/** Node's API by any of these is ours by one. */
const NODE_FLAGS: ReadonlySet<string> = new Set(['nodejs_compat', 'nodejs_compat_v2', 'nodejs_als'])

export function fromWrangler({ values, placeOf }: ChosenEnvironment): Translation {
  const { compatibility_flags: flags = [], assets, limits, triggers, ...same } = values as WranglerSection
  const warnings: string[] = []
  const problems: ConfigProblem[] = []

  const ignored = Object.keys(values).filter((key) => Object.hasOwn(IGNORED_KEYS, key))
  if (ignored.length > 0) {
    const shown = ignored.map((key) => {
      const note = IGNORED_KEYS[key]?.note
      return note === undefined ? key : `${key} (${note})`
    })
    warnings.push(`Without effect here: ${shown.join(', ')}.`)
  }
  for (const [key, { reason }] of Object.entries(REFUSED_KEYS)) {
    const names = namesIn(values[key])
    if (names.length === 0) continue
    const path = placeOf(key).slice(0, -1)
    problems.push({ path, key, reason: `"${key}" (${names.join(', ')}) cannot be offered: ${reason}` })
  }
  const events = triggers?.events ?? []
  if (events.length > 0) {
    problems.push({
      path: [...placeOf('triggers'), 'events'],
      reason: '"triggers.events" cannot be offered: use crons',
    })
  }

  const others = flags.filter((flag) => !NODE_FLAGS.has(flag))
  if (others.length > 0) warnings.push(`Compatibility flags without effect here: ${others.join(', ')}.`)

  const { run_worker_first: first, html_handling: html = 'auto-trailing-slash', ...rest } = assets ?? {}
  if (html !== 'auto-trailing-slash') {
    warnings.push(`"assets.html_handling" is auto-trailing-slash here, not ${html}.`)
  }
  if (Array.isArray(first)) {
    problems.push({
      path: [...placeOf('assets'), 'run_worker_first'],
      reason: '"assets.run_worker_first" is true or false here; with true, the worker asks the binding for the others',
    })
  }

  const section: Record<string, unknown> = {
    ...same,
    compatibility_flags: flags.some((flag) => NODE_FLAGS.has(flag)) ? ['nodejs_compat'] : [],
    limits: { cpuMs: limits?.cpu_ms, subrequests: limits?.subrequests },
    triggers: { crons: triggers?.crons },
    assets: assets && { ...rest, run_worker_first: first === true },
  }
  return { section: section as IsopodSection, problems, warnings }
}
