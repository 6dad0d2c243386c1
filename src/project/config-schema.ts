// What `isopod.jsonc` and `wrangler.jsonc` may hold. A key that both have means the same in both; a key that is not here is an
// error. Messages continue the name of the key: `"main" must be a string`.
import { z } from 'zod'
import { DEFAULT_LIMITS, limitRange, type Limits } from '../limits.ts'
import { COMPATIBILITY_FLAGS, MODES, MOST_WARM } from '../version.ts'
import { isName, NAME_RULE } from '../worker-name.ts'
import type { IsopodSection, WranglerSection } from './config-section.ts'
import { IGNORED_KEYS, type KeyScope, REFUSED_KEYS } from './wrangler-keys.ts'

const text = z.string().min(1, { error: 'must not be empty' })
const name = text.refine(isName, { error: `must be ${NAME_RULE}` })
const bindingName = text.regex(/^[A-Za-z_$][\w$]*$/, { error: 'must be a name as of a variable' })

function choice<const T extends readonly string[]>(values: T): z.ZodType<T[number]> {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` })
}

/** A text stands for an object that has only this key. */
function short<T extends z.ZodType>(key: string, schema: T): z.ZodPreprocess<T> {
  return z.preprocess((value) => (typeof value === 'string' ? { [key]: value } : value), schema)
}

const cron = text.regex(/^\s*\S+(?:\s+\S+){4}\s*$/, {
  error: 'must have five fields: minute, hour, day of the month, month, day of the week',
})

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const route = short(
  'pattern',
  z.strictObject({
    pattern: text,
    custom_domain: z.boolean().optional(),
    enabled: z.boolean().optional(),
    previews_enabled: z.boolean().optional(),
    zone_id: z.string().optional(),
    zone_name: z.string().optional(),
  }),
)

const assets = {
  directory: text,
  binding: bindingName.optional(),
  not_found_handling: choice(['none', '404-page', 'single-page-application']).optional(),
}

const rule = z.strictObject({
  type: choice(['Text', 'Data', 'CompiledWasm', 'ESModule', 'CommonJS']),
  globs: z.array(text),
  fallthrough: z.boolean().optional(),
})

const common = {
  name: name.optional(),
  main: text.optional(),
  compatibility_date: text.regex(/^\d{4}-\d\d-\d\d$/, { error: 'must be a date such as 2026-01-31' }).optional(),
  vars: z.record(z.string(), z.json()).optional(),
  kv_namespaces: z
    .array(
      z.strictObject({
        binding: bindingName,
        id: text.optional(),
        preview_id: z.string().optional(),
        remote: z.boolean().optional(),
      }),
    )
    .optional(),
  services: z
    .array(
      z.strictObject({
        binding: bindingName,
        service: name,
        environment: name.optional(),
        entrypoint: z.string().optional(),
        props: z.record(z.string(), z.unknown()).optional(),
        remote: z.boolean().optional(),
      }),
    )
    .optional(),
  route: route.optional(),
  routes: z.array(route).optional(),
  rules: z.array(rule).optional(),
}

function limitSchema(key: keyof Limits): z.ZodType<number> {
  const [min, max] = limitRange(key)
  const error = `must be a number from ${min} to ${max}`
  return z.number({ error }).min(min, { error }).max(max, { error })
}

const limitNames = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]
const limits = z.strictObject(
  Object.fromEntries(limitNames.map((key) => [key, limitSchema(key).optional()])) as Record<
    keyof Limits,
    z.ZodOptional<z.ZodType<number>>
  >,
)

const warmRange = `must be an integer from 0 to ${MOST_WARM}`
const minWarm = z.int({ error: warmRange }).min(0, { error: warmRange }).max(MOST_WARM, { error: warmRange })

const hosts = z.array(text).max(1000, { error: 'must have at most 1000 entries' }).optional()

const isopodSection = z.strictObject({
  ...common,
  compatibility_flags: z.array(choice(COMPATIBILITY_FLAGS)).optional(),
  assets: z.strictObject({ ...assets, run_worker_first: z.boolean().optional() }).optional(),
  triggers: z.strictObject({ crons: z.array(cron).optional() }).optional(),
  limits: limits.optional(),
  tenant: name.optional(),
  mode: choice(MODES).optional(),
  min_warm: minWarm.optional(),
  network: z.strictObject({ allow: hosts, deny: hosts, hosts }).optional(),
  schedules: z
    .array(
      short(
        'cron',
        z.strictObject({
          cron,
          zone: text.refine(isTimeZone, { error: 'must be a time zone such as Europe/Berlin' }).optional(),
        }),
      ),
    )
    .optional(),
}) satisfies z.ZodType<IsopodSection>

const wranglerKnown = z.strictObject({
  ...common,
  compatibility_flags: z.array(text).optional(),
  assets: z
    .strictObject({
      ...assets,
      run_worker_first: z.union([z.boolean(), z.array(text)], { error: 'must be true, false or a list' }).optional(),
      html_handling: choice(['auto-trailing-slash', 'force-trailing-slash', 'drop-trailing-slash', 'none']).optional(),
    })
    .optional(),
  triggers: z.strictObject({ crons: z.array(cron).optional(), events: z.array(z.unknown()).optional() }).optional(),
  limits: z
    .strictObject({ cpu_ms: limitSchema('cpuMs').optional(), subrequests: limitSchema('subrequests').optional() })
    .optional(),
}) satisfies z.ZodType<WranglerSection>

/** Keys whose values are not looked at. */
function unread(scopes: readonly KeyScope[]): Record<string, z.ZodType> {
  const entries = Object.entries({ ...IGNORED_KEYS, ...REFUSED_KEYS })
  return Object.fromEntries(
    entries.filter(([, { scope }]) => scopes.includes(scope)).map(([key]) => [key, z.unknown().optional()]),
  )
}

const wranglerSection = wranglerKnown.extend(unread(['inherited', 'section']))

/** The root of a file: a section, what only the root may hold, and environments. */
function fileOf(section: z.ZodObject, root: Record<string, z.ZodType> = {}): z.ZodType {
  return section.extend({ ...root, $schema: z.string().optional(), env: z.record(z.string(), section).optional() })
}

/** Of the root. Parsed values have the type {@link IsopodSection} or {@link WranglerSection}, with `env` of the same. */
export const CONFIG_SCHEMAS: Readonly<Record<'isopod' | 'wrangler', z.ZodType>> = {
  isopod: fileOf(isopodSection),
  wrangler: fileOf(wranglerSection, unread(['file'])),
}
