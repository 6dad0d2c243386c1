// What somebody is about to run: the text of every field, kept in the browser so that a reload or another page loses nothing.
import { useEffect, useState } from 'react'
import type {
  BackendName,
  ExecuteBody,
  ExecutionReport,
  Language,
} from '../../../../src/server/api/execution-shapes.ts'
import type { Mode } from '../../../../src/version.ts'
import { EXAMPLES } from './examples.ts'
import { readJson } from './json-text.ts'

export interface Draft {
  readonly code: string
  /** JSON; nothing where it is empty. */
  readonly input: string
  readonly language: '' | Language
  readonly backend: 'auto' | BackendName
  readonly mode: '' | Mode
  /** Of the fields that are empty the server says what is meant. */
  readonly timeoutMs: string
  readonly memoryMb: string
}

const KEY = 'isopod-playground'

const FIRST: Draft = {
  code: EXAMPLES[0].code,
  input: EXAMPLES[0].input,
  language: '',
  backend: 'auto',
  mode: '',
  timeoutMs: '',
  memoryMb: '',
}

export function useDraft(): readonly [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(readDraft)
  useEffect(() => keepDraft(draft), [draft])
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))]
}

/** The next that opens the playground finds what was run. */
export function draftOf({ backend, code, input, language }: ExecutionReport): Draft {
  return { ...FIRST, code, input: input === null ? '' : JSON.stringify(input, undefined, 2), language, backend }
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // More than the browser keeps is only not kept.
  }
}

/** Undefined where the input is no JSON. */
export function bodyOf(draft: Draft): ExecuteBody | undefined {
  const input = readJson(draft.input)
  if (input.problem !== undefined) return undefined
  return {
    code: draft.code,
    backend: draft.backend,
    ...(input.value === undefined ? {} : { input: input.value }),
    ...(draft.language === '' ? {} : { language: draft.language }),
    ...(draft.mode === '' ? {} : { mode: draft.mode }),
    ...(draft.timeoutMs === '' ? {} : { timeout_ms: Number(draft.timeoutMs) }),
    ...(draft.memoryMb === '' ? {} : { memory_mb: Number(draft.memoryMb) }),
  }
}

/** Whatever is stored there: another version of this page may have done it. */
function readDraft(): Draft {
  const stored = readJson(localStorage.getItem(KEY) ?? '').value
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return FIRST
  const known = Object.entries(stored).filter(([key, value]) => key in FIRST && typeof value === 'string')
  return { ...FIRST, ...Object.fromEntries(known) }
}
