// What `node:util` makes text of. Values are shown as `console.log` of the platform shows them, by the same code.
import { inspect as describe } from '../../guest/console/inspect.ts'
import { Inspection } from '../../guest/console/inspection.ts'

interface InspectOptions {
  /** Default 2; null and Infinity go all the way down. */
  readonly depth?: number | null
  readonly customInspect?: boolean
  readonly [name: string]: unknown
}

type CustomInspect = (depth: number, options: object, inspect: typeof import('./text.ts').inspect) => unknown

const custom: symbol = Symbol.for('nodejs.util.inspect.custom')

/** @param options - or, as it was long ago, whether to show what is hidden, and the depth */
export function inspect(value: unknown, options: InspectOptions | boolean = {}, oldDepth?: number | null): string {
  const given: InspectOptions =
    typeof options === 'boolean' ? (oldDepth === undefined ? {} : { depth: oldDepth }) : options
  const maxDepth = given.depth === null ? Infinity : (given.depth ?? inspect.defaultOptions.depth)
  const showCustom = given.customInspect !== false
  return describe(
    value,
    new Inspection(Infinity, {
      maxDepth,
      describe: showCustom ? (object, depth) => describeItself(object, maxDepth - depth, given) : undefined,
    }),
  )
}

inspect.custom = custom
inspect.defaultOptions = { depth: 2 }

function describeItself(object: object, depth: number, options: InspectOptions): string | undefined {
  const own = (object as Record<symbol, unknown>)[custom]
  // `inspect` itself has the symbol as a property of another name; a class that has a static one is shown as a class.
  if (typeof own !== 'function' || (own as unknown) === inspect) return undefined
  const shown: unknown = Reflect.apply(own as CustomInspect, object, [depth, { ...options, stylize: String }, inspect])
  if (shown === object) return undefined
  return typeof shown === 'string' ? shown : inspect(shown, { ...options, depth })
}

export function format(...values: readonly unknown[]): string {
  return formatWithOptions({}, ...values)
}

export function formatWithOptions(options: InspectOptions, ...values: readonly unknown[]): string {
  const [template, ...rest] = values
  if (typeof template !== 'string') return values.map((value) => plain(value, options)).join(' ')
  if (rest.length === 0) return template
  const text = template.replace(/%[sdifjoOc%]/g, (specifier) => {
    if (specifier === '%%') return '%'
    return rest.length === 0 ? specifier : convert(specifier, rest.shift(), options)
  })
  return [text, ...rest.map((value) => plain(value, options))].join(' ')
}

function plain(value: unknown, options: InspectOptions): string {
  return typeof value === 'string' ? value : inspect(value, options)
}

function convert(specifier: string, value: unknown, options: InspectOptions): string {
  switch (specifier) {
    case '%s':
      return asText(value, options)
    case '%d':
      return asNumber(value, Number)
    case '%i':
      return asNumber(value, (each) => Number.parseInt(String(each), 10))
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : inspect(Number.parseFloat(String(value)))
    case '%j':
      return asJson(value)
    case '%o':
      return inspect(value, { ...options, depth: 4 })
    case '%O':
      return inspect(value, options)
    default:
      // `%c` is for colours, which there are not.
      return ''
  }
}

function asText(value: unknown, options: InspectOptions): string {
  if (typeof value === 'bigint' || Object.is(value, -0)) return inspect(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const { toString } = value as { toString?: unknown }
  const isOwn = typeof toString === 'function' && toString !== Object.prototype.toString && !Array.isArray(value)
  if (isOwn && !isBuiltIn(value)) return String(value)
  return inspect(value, { ...options, depth: 0 })
}

/** Objects of the language say more by `inspect` than by `toString`; errors and dates as well, which have both. */
function isBuiltIn(value: object): boolean {
  const { constructor } = value as { constructor?: { name?: string } }
  return typeof constructor === 'function' && constructor === (globalThis as never)[constructor.name ?? '']
}

function asNumber(value: unknown, toNumber: (value: unknown) => number): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'symbol' || (typeof value === 'object' && value !== null)) return 'NaN'
  return inspect(toNumber(value))
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined'
  } catch (error) {
    if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]'
    throw error
  }
}

/** Nothing switches it on: there is no NODE_DEBUG. */
export function debuglog(): (() => void) & { readonly enabled: boolean } {
  return Object.assign(() => {}, { enabled: false })
}

const ESC = '\u001B'
const BELL = '\u0007'
/** As in ECMA-48: strings that a terminal takes up to their end, then control sequences, then short escapes. */
const ESCAPES = new RegExp(
  `${ESC}\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)|(?:${ESC}\\[|\u009B)[0-?]*[ -/]*[@-~]|${ESC}[ -/]*[0-~]`,
  'g',
)

export function stripVTControlCharacters(text: string): string {
  return text.replace(ESCAPES, '')
}
