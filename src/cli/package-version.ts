import { readFileSync } from 'node:fs'

interface Manifest {
  readonly version: string
}

/** Isopod's version, from its own package.json. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest
).version
