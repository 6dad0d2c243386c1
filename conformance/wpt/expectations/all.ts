import type { Expectations } from '../expectation.ts'
import { ENCODING } from './encoding.ts'
import { FETCH } from './fetch.ts'
import { FILE_API } from './file-api.ts'
import { PLATFORM } from './platform.ts'

export const EXPECTATIONS: Expectations = { ...ENCODING, ...FETCH, ...FILE_API, ...PLATFORM }
