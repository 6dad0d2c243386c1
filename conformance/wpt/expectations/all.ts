import type { Expectations } from '../expectation.ts'

export const EXPECTATIONS: Expectations = {}
