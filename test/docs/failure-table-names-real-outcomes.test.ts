// The failure table of docs/security.md against the code: its causes and whom they blame, outcomes, codes and statuses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERROR_CODES, type ErrorCode } from '../../src/errors.ts'
import { hostLost } from '../../src/host/link/task-client.ts'
import { type Outcome, OUTCOME_NAMES, OUTCOMES } from '../../src/outcome.ts'
import { statusOf } from '../../src/server/error-status.ts'
import { blame, type Death } from '../../src/supervisor/blame.ts'
import type { DeathCause } from '../../src/wire/incident.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'

interface Row {
  readonly failure: string
  readonly cause: string
  readonly outcome: string
  readonly code: string
  readonly seen: string
  readonly blamed: string
}

const ROWS: readonly Row[] = tableRows(readPage('docs/security.md'), 'failure').map(
  ([failure = '', cause = '', outcome = '', code = '', seen = '', , blamed = '']) => ({
    failure,
    cause,
    outcome,
    code,
    seen,
    blamed,
  }),
)

const CULPRIT = 7
const NEIGHBOUR = 8

const QUIET: Death = {
  code: null,
  signal: 'SIGKILL',
  words: [],
  record: { inside: 0, recent: [CULPRIT, NEIGHBOUR] },
  wasUnresponsive: false,
  outOfMemory: false,
}

function lastWord(type: 'stuck' | 'memory' | 'unresponsive'): Death {
  return { ...QUIET, words: [{ type, number: CULPRIT, detail: 'as told' }] }
}

function announced(death: Death): Death {
  return { ...death, words: [{ type: 'inside', number: CULPRIT }] }
}

const abort: Death = { ...QUIET, signal: 'SIGTRAP' }
const oom: Death = { ...QUIET, outOfMemory: true }
const silent: Death = { ...QUIET, wasUnresponsive: true }
const exited: Death = { ...QUIET, signal: null, code: 5 }

/** Evidence of each kind of death: where somebody was inside, and where nobody is known to have been. */
const DEATHS: Readonly<Record<DeathCause, { readonly inside: readonly Death[]; readonly unknown: readonly Death[] }>> =
  {
    stuck: { inside: [lastWord('stuck')], unknown: [] },
    memory: { inside: [lastWord('memory')], unknown: [] },
    abort: { inside: [announced(abort)], unknown: [abort] },
    oom: { inside: [announced(oom)], unknown: [oom] },
    killed: { inside: [], unknown: [QUIET] },
    unresponsive: { inside: [lastWord('unresponsive'), announced(silent)], unknown: [silent] },
    exited: { inside: [announced(exited)], unknown: [exited] },
  }

/** Nothing has failed, or nothing of Isopod's: the worker, its owner and the caller have their own page. */
const NO_FAILURES: ReadonlySet<Outcome> = new Set([
  'ok',
  'exception',
  'loadFailed',
  'quotaExceeded',
  'notFound',
  'tooLarge',
  'canceled',
])

test('every cause of a death is in the table, and nothing else', () => {
  const causes = new Set(ROWS.map(({ cause }) => cause).filter(Boolean))
  assert.deepEqual([...causes].toSorted(), Object.keys(DEATHS).toSorted())
})

test('the causes blame whom the table says', () => {
  for (const { failure, cause, blamed } of ROWS.filter((row) => row.cause !== '')) {
    const { inside, unknown } = DEATHS[cause as DeathCause]
    for (const death of [...inside, ...unknown]) assert.equal(blame(death).cause, cause, failure)
    if (blamed.includes('culprit')) for (const death of inside) assert.equal(blame(death).culprit, CULPRIT, failure)
    if (blamed.includes('suspects')) {
      for (const death of unknown) {
        assert.equal(blame(death).culprit, undefined, failure)
        assert.deepEqual(blame(death).suspects, [CULPRIT, NEIGHBOUR], failure)
      }
    }
    if (blamed !== 'nobody') continue
    assert.deepEqual(inside, [], failure)
    for (const death of unknown) {
      const { culprit, suspects } = blame(death)
      assert.deepEqual([culprit, suspects], [undefined, []], failure)
    }
  }
})

test('every outcome that is a failure is in the table, with its status', () => {
  const outcomes = new Set(ROWS.map(({ outcome }) => outcome).filter(Boolean))
  const expected = OUTCOME_NAMES.filter((name) => !NO_FAILURES.has(name))
  assert.deepEqual([...outcomes].toSorted(), expected.toSorted())
  for (const { failure, outcome, seen } of ROWS) {
    if (outcome === '' || seen === 'closed') continue
    assert.equal(seen.split(',')[0], String(OUTCOMES[outcome as Outcome].status), failure)
  }
})

test('its codes exist, and belong to their outcomes', () => {
  const places = new Map(
    tableRows(readPage('docs/errors.md'), 'code').map(([code = '', , where = '']) => [code, where]),
  )
  for (const { failure, code, outcome, seen } of ROWS) {
    if (code === '') continue
    assert.ok(code in ERROR_CODES, failure)
    if (outcome !== '') assert.match(places.get(code) ?? '', new RegExp(`outcome ${outcome}\\b`), failure)
    else assert.equal(seen, `${statusOf(code as ErrorCode)} of the admin port`, failure)
  }
})

test('who waited for a host that died hears what the table says', () => {
  const { outcome, error } = hostLost()
  for (const { failure, ...row } of ROWS.filter(({ cause, seen }) => cause !== '' && seen !== 'closed')) {
    assert.deepEqual([row.outcome, row.code], [outcome, error?.code], failure)
  }
})
