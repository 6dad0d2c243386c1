import type { Json } from '../../../../src/version.ts'

interface JsonText {
  /** Undefined where there is no text. */
  readonly value?: Json
  readonly problem?: string
}

/** JSON as it is typed. */
export function readJson(text: string): JsonText {
  if (text.trim() === '') return {}
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
