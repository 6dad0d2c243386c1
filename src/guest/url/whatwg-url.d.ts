// The one module of whatwg-url we use: the parser, without its Web IDL wrappers.
declare module 'whatwg-url/lib/url-state-machine.js' {
  /** A URL record of the standard. */
  interface StandardUrl {
    scheme: string
    username: string
    password: string
    readonly host: unknown
    port: number | null
    path: string | string[]
    query: string | null
    fragment: string | null
  }

  interface ParseOptions {
    readonly baseURL?: StandardUrl | null
    readonly url?: StandardUrl
    readonly stateOverride?:
      | 'scheme start'
      | 'host'
      | 'hostname'
      | 'port'
      | 'path start'
      | 'opaque path'
      | 'query'
      | 'fragment'
  }

  export function basicURLParse(input: string, options?: ParseOptions): StandardUrl | null
  export function serializeHost(host: unknown): string
  export function serializePath(url: StandardUrl): string
  export function serializeURL(url: StandardUrl): string
  export function setTheUsername(url: StandardUrl, username: string): void
  export function setThePassword(url: StandardUrl, password: string): void
  export function cannotHaveAUsernamePasswordPort(url: StandardUrl): boolean
  export function hasAnOpaquePath(url: StandardUrl): boolean
}
