// A folder's configuration file as a project: found, parsed, one environment chosen, and brought to one form.
import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Part, PartRule } from '../version.ts'
import { isName, NAME_RULE } from '../worker-name.ts'
import { chooseEnvironment } from './choose-environment.ts'
import type { ChosenEnvironment } from './choose-environment.ts'
import type { IsopodSection } from './config-section.ts'
import { type ConfigProblem, ConfigText } from './config-text.ts'
import { findConfig } from './find-config.ts'
import { fromWrangler } from './from-wrangler.ts'
import { parseConfig } from './parse-config.ts'
import type { AssetsConfig, Project } from './project.ts'
import { toBindings } from './to-bindings.ts'
import { toRoutes } from './to-routes.ts'
import { toSchedules } from './to-schedules.ts'

export interface ReadProjectOptions {
  /** Relative to the folder. Default: the first of isopod.jsonc, isopod.json, wrangler.jsonc, wrangler.json. */
  readonly file?: string
  /** One of the file's `env`. Default: what its root says. */
  readonly environment?: string
}

/**
 * Reads the configuration of the worker in a folder. It does not look whether the files it names are there.
 *
 * @throws IsopodError `CONFIG_NOT_FOUND`; `CONFIG_INVALID` with all problems, each with line and column; `INVALID_OPTION` where
 * there is no such environment.
 */
export async function readProject(folder: string, options: ReadProjectOptions = {}): Promise<Project> {
  const found = findConfig(resolve(folder), options.file)
  const shown = relative(resolve(folder), found.file).replaceAll(sep, '/')
  const text = new ConfigText(await readFile(found.file, 'utf8'), shown)
  const values = parseConfig(text, found.format) as Readonly<Record<string, unknown>>
  const chosen = chooseEnvironment(values, options.environment)
  const { section, ...told } =
    found.format === 'wrangler'
      ? fromWrangler(chosen)
      : { section: chosen.values as IsopodSection, problems: [], warnings: [] }
  const { project, problems } = toProject(section, { file: found.file, chosen })
  const all = [...told.problems, ...problems]
  if (all.length > 0) throw text.invalid(all)
  return { ...project, warnings: [...found.warnings, ...chosen.warnings, ...told.warnings] }
}

interface Place {
  readonly file: string
  readonly chosen: ChosenEnvironment
}

function toProject(
  section: IsopodSection,
  { file, chosen: { placeOf } }: Place,
): { readonly project: Project; readonly problems: readonly ConfigProblem[] } {
  const folder = dirname(file)
  const { bindings, problems: ofBindings } = toBindings(section, placeOf)
  const { routes, problems: ofRoutes } = toRoutes(section, placeOf)
  const project: Project = {
    folder,
    file,
    worker: section.name ?? '',
    tenant: section.tenant,
    entry: section.main === undefined ? undefined : resolve(folder, section.main),
    compatibilityFlags: section.compatibility_flags ?? [],
    env: section.vars ?? {},
    bindings,
    assets: toAssets(section, folder),
    schedules: toSchedules(section),
    routes,
    mode: section.mode,
    limits: withoutUndefined(section.limits ?? {}),
    minWarm: section.min_warm,
    network: section.network === undefined ? undefined : withoutUndefined(section.network),
    rules: toRules(section),
    warnings: [],
  }
  return { project, problems: [...nameProblems(section, placeOf), ...ofBindings, ...ofRoutes] }
}

function nameProblems({ name, main, assets }: IsopodSection, placeOf: ChosenEnvironment['placeOf']): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (name === undefined) problems.push({ path: [], reason: '"name" is missing: what the worker is called' })
  // One that an environment's name was put behind may be too long.
  else if (!isName(name)) problems.push({ path: placeOf('name'), reason: `the worker "${name}" must be ${NAME_RULE}` })
  if (main === undefined && assets === undefined) {
    problems.push({ path: [], reason: 'there is nothing to serve: give "main", the entry file, or "assets"' })
  }
  return problems
}

function toAssets({ assets }: IsopodSection, folder: string): AssetsConfig | undefined {
  if (assets === undefined) return undefined
  return {
    folder: resolve(folder, assets.directory),
    binding: assets.binding,
    notFound: assets.not_found_handling ?? 'none',
    workerFirst: assets.run_worker_first ?? false,
  }
}

/** The bundler tells modules of JavaScript by themselves; rules for them say nothing new. */
const PART_TYPES: Readonly<Record<string, Part['type']>> = { Text: 'text', Data: 'data', CompiledWasm: 'wasm' }

function toRules({ rules = [] }: IsopodSection): readonly PartRule[] {
  return rules.flatMap(({ type: kind, globs }) => {
    const type = PART_TYPES[kind]
    return type === undefined ? [] : [{ type, globs }]
  })
}

/** What the schema makes of an optional key is wider than what a version takes. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
