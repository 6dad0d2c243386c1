// https://urlpattern.spec.whatwg.org/#urlpattern-class, with `compareComponent` and `generate`, which its tests have
// already. It loads the URL parser, so itself reached through a `lazy` accessor only.
import {
  ArrayPrototypePush,
  ObjectKeys,
  ReflectDeleteProperty,
  StringPrototypeStartsWith,
  TypeErrorConstructor,
} from '../primordials.ts'
import { requireArguments, toDictionary, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { isObject } from '../webidl/sequence.ts'
import {
  canonicalHash,
  canonicalHostname,
  canonicalIPv6,
  canonicalOpaquePathname,
  canonicalPassword,
  canonicalPathname,
  canonicalPort,
  canonicalProtocol,
  canonicalSearch,
  canonicalUsername,
  componentsOf,
  defaultPort,
} from './canonicalize.ts'
import {
  compareComponents,
  compileComponent,
  type Component,
  type ComponentResult,
  generateComponent,
  matchComponent,
  matchesSpecialScheme,
} from './component.ts'
import { parseConstructorString } from './constructor-string.ts'
import {
  type ComponentName,
  type Components,
  COMPONENTS,
  type PatternInit,
  processInit,
  toPatternInit,
} from './init.ts'

type Input = string | PatternInit
type Result = { inputs: Input[] } & Record<ComponentName, ComponentResult>
type Compiled = Readonly<Record<ComponentName, Component>>

interface Options {
  ignoreCase?: boolean
}

export class URLPattern {
  readonly #components: Compiled

  constructor(input?: Input, baseOrOptions?: string | Options, options?: Options) {
    const pattern = toInput(input)
    // With two arguments the type of the second decides.
    const hasBase =
      arguments.length > 2 || (arguments.length === 2 && !isObject(baseOrOptions) && isGiven(baseOrOptions))
    const baseURL = hasBase ? toUSVString(baseOrOptions) : undefined
    const given = hasBase ? options : (baseOrOptions as Options | undefined)
    const { ignoreCase } = toDictionary(given, 'The options of URLPattern')
    this.#components = compile(toInit(pattern, baseURL), Boolean(ignoreCase))
  }

  static compareComponent(component: string, left: URLPattern, right: URLPattern): number {
    requireArguments(arguments.length, 3, 'URLPattern.compareComponent')
    const name = toComponentName(component)
    return compareComponents(componentsOfPattern(left)[name], componentsOfPattern(right)[name])
  }

  get protocol(): string {
    return this.#components.protocol.pattern
  }

  get username(): string {
    return this.#components.username.pattern
  }

  get password(): string {
    return this.#components.password.pattern
  }

  get hostname(): string {
    return this.#components.hostname.pattern
  }

  get port(): string {
    return this.#components.port.pattern
  }

  get pathname(): string {
    return this.#components.pathname.pattern
  }

  get search(): string {
    return this.#components.search.pattern
  }

  get hash(): string {
    return this.#components.hash.pattern
  }

  get hasRegExpGroups(): boolean {
    for (let i = 0; i < COMPONENTS.length; i++) {
      if (this.#components[COMPONENTS[i] as ComponentName].hasRegexpGroups) return true
    }
    return false
  }

  test(input?: Input, baseURL?: string): boolean {
    return match(this.#components, toInput(input), baseURL) !== null
  }

  exec(input?: Input, baseURL?: string): Result | null {
    return match(this.#components, toInput(input), baseURL)
  }

  generate(component: string, groups: Readonly<Record<string, string>>): string {
    const components = this.#components
    requireArguments(arguments.length, 2, 'URLPattern.generate')
    if (!isObject(groups)) throw new TypeErrorConstructor('The groups must be an object.')
    const values = { __proto__: null } as unknown as Record<string, string>
    const keys = ObjectKeys(groups)
    for (let i = 0; i < keys.length; i++) values[keys[i] as string] = toUSVString(groups[keys[i] as string])
    return generateComponent(components[toComponentName(component)], values)
  }

  static componentsOf(pattern: URLPattern): Compiled {
    return pattern.#components
  }
}

const { componentsOf: componentsOfPattern } = URLPattern
ReflectDeleteProperty(URLPattern, 'componentsOf')
defineInterface(URLPattern, 'URLPattern', { constructor: 0, exec: 0, test: 0 })

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function toInput(value: unknown): Input {
  if (!isGiven(value)) return {}
  return isObject(value) ? toPatternInit(value) : toUSVString(value)
}

function toComponentName(value: unknown): ComponentName {
  for (let i = 0; i < COMPONENTS.length; i++) if (COMPONENTS[i] === value) return value as ComponentName
  throw new TypeErrorConstructor(`"${value as string}" is no component of a URL.`)
}

function toInit(input: Input, baseURL: string | undefined): PatternInit {
  if (typeof input !== 'string') {
    if (baseURL === undefined) return input
    throw new TypeErrorConstructor('An object names its baseURL itself.')
  }
  const init = parseConstructorString(input)
  if (baseURL !== undefined) init.baseURL = baseURL
  else if (init.protocol === undefined) throw new TypeErrorConstructor('A relative pattern needs a base URL.')
  return init
}

const NO_OPTIONS = { delimiter: '', prefix: '' }
const HOSTNAME_OPTIONS = { delimiter: '.', prefix: '' }
const PATHNAME_OPTIONS = { delimiter: '/', prefix: '/' }

/** https://urlpattern.spec.whatwg.org/#url-pattern-create */
function compile(init: PatternInit, ignoreCase: boolean): Compiled {
  const given: Components = processInit(init, 'pattern')
  const text = (name: ComponentName): string => given[name] ?? '*'
  if (given.protocol !== undefined && given.port !== undefined) {
    const implied = defaultPort(given.protocol)
    if (implied !== undefined && implied === given.port) given.port = ''
  }
  const protocol = compileComponent(text('protocol'), { ...NO_OPTIONS, encode: canonicalProtocol })
  const isSpecial = matchesSpecialScheme(protocol)
  const hostname = text('hostname')
  const encodeHostname = isIPv6(hostname)
    ? canonicalIPv6
    : (value: string) => canonicalHostname(value, isSpecial ? undefined : 'non-special')
  return {
    protocol,
    username: compileComponent(text('username'), { ...NO_OPTIONS, encode: canonicalUsername }),
    password: compileComponent(text('password'), { ...NO_OPTIONS, encode: canonicalPassword }),
    hostname: compileComponent(hostname, { ...HOSTNAME_OPTIONS, encode: encodeHostname }),
    port: compileComponent(text('port'), { ...NO_OPTIONS, encode: canonicalPort }),
    pathname: isSpecial
      ? compileComponent(text('pathname'), { ...PATHNAME_OPTIONS, encode: canonicalPathname, ignoreCase })
      : compileComponent(text('pathname'), { ...NO_OPTIONS, encode: canonicalOpaquePathname, ignoreCase }),
    search: compileComponent(text('search'), { ...NO_OPTIONS, encode: canonicalSearch, ignoreCase }),
    hash: compileComponent(text('hash'), { ...NO_OPTIONS, encode: canonicalHash, ignoreCase }),
  }
}

function isIPv6(hostname: string): boolean {
  return (
    StringPrototypeStartsWith(hostname, '[') ||
    StringPrototypeStartsWith(hostname, '{[') ||
    StringPrototypeStartsWith(hostname, '\\[')
  )
}

/** https://urlpattern.spec.whatwg.org/#url-pattern-match */
function match(components: Compiled, input: Input, base: unknown): Result | null {
  const inputs: Input[] = [input]
  let url: Components | undefined
  if (typeof input === 'string') {
    const baseURL = base === undefined ? undefined : toUSVString(base)
    if (baseURL !== undefined) ArrayPrototypePush<Input>(inputs, baseURL)
    url = componentsOf(input, baseURL)
  } else {
    if (base !== undefined) throw new TypeErrorConstructor('An object names its baseURL itself.')
    try {
      url = processInit(input, 'url')
    } catch {
      // What cannot be a URL matches nothing.
    }
  }
  if (url === undefined) return null
  const result = { inputs } as Result
  for (let i = 0; i < COMPONENTS.length; i++) {
    const name = COMPONENTS[i] as ComponentName
    const matched = matchComponent(components[name], url[name] ?? '')
    if (matched === undefined) return null
    result[name] = matched
  }
  return result
}
