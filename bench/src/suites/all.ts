// The suites by the names `npm run bench -- <name>…` takes, in the order they run.
import type { Suite } from '../suite.ts'
import { httpHello } from './http-hello.ts'
import { zipfPool } from './zipf-pool.ts'

export const SUITES: Readonly<Record<string, Suite>> = {
  'http-hello': httpHello,
  'zipf-pool': zipfPool,
}
