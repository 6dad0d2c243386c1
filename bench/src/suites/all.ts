// The suites by the names `npm run bench -- <name>…` takes, in the order they run.
import type { Suite } from '../suite.ts'
import { coldStart } from './cold-start.ts'
import { fairness } from './fairness.ts'
import { httpHello } from './http-hello.ts'
import { ioBound } from './io-bound.ts'
import { kv } from './kv.ts'
import { manyWorkers } from './many-workers.ts'
import { memory } from './memory.ts'
import { metering } from './metering.ts'
import { modes } from './modes.ts'
import { soak } from './soak.ts'
import { placement } from './placement.ts'
import { storeSuite } from './store.ts'
import { streaming } from './streaming.ts'
import { throughput } from './throughput.ts'
import { warmDispatch } from './warm-dispatch.ts'
import { webApis } from './web-apis.ts'
import { zipfHttp } from './zipf-http.ts'
import { zipfPool } from './zipf-pool.ts'

export const SUITES: Readonly<Record<string, Suite>> = {
  'warm-dispatch': warmDispatch,
  'http-hello': httpHello,
  'cold-start': coldStart,
  memory,
  metering,
  modes,
  throughput,
  'io-bound': ioBound,
  'zipf-pool': zipfPool,
  'zipf-http': zipfHttp,
  placement,
  'web-apis': webApis,
  streaming,
  kv,
  store: storeSuite,
  fairness,
  'many-workers': manyWorkers,
  soak,
}
