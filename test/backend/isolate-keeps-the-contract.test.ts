import type { Backend } from '../../src/backend/backend.ts'
import { IsolateBackend } from '../../src/backend/isolate-backend.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { testContract } from './contract.ts'

function create(): Backend {
  return new IsolateBackend({
    concurrency: 4,
    bundle: async (module) => bundleSource(module, { filename: 'program.js' }),
  })
}

testContract('isolate', { create, concurrency: 4, endless: 'exceededCpu' })
