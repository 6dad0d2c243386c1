import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blame, type Death } from '../../src/supervisor/blame.ts'

const DEATH: Death = {
  code: null,
  signal: 'SIGKILL',
  words: [],
  record: { inside: 0, recent: [] },
  wasUnresponsive: false,
  outOfMemory: false,
}
const RECENT = { inside: 0, recent: [7, 8] }

const CASES: readonly [
  what: string,
  death: Partial<Death>,
  cause: string,
  culprit: number | undefined,
  suspects: number[],
][] = [
  ['kill -9 from outside blames nobody', { record: { inside: 3, recent: [3, 4] } }, 'killed', undefined, []],
  [
    'a watchdog names who was stuck',
    {
      words: [
        { type: 'inside', number: 5 },
        { type: 'stuck', number: 5, detail: '' },
      ],
    },
    'stuck',
    5,
    [],
  ],
  [
    'what it said last counts',
    {
      words: [
        { type: 'memory', number: 5, detail: '' },
        { type: 'inside', number: 6 },
      ],
    },
    'memory',
    5,
    [],
  ],
  [
    'a hang with nobody inside has suspects',
    { words: [{ type: 'unresponsive', number: 0, detail: '' }], record: RECENT },
    'unresponsive',
    undefined,
    [7, 8],
  ],
  [
    'an instant abort on probation has a name',
    { signal: 'SIGABRT', record: { inside: 9, recent: [7, 9] } },
    'abort',
    9,
    [],
  ],
  ['an instant abort elsewhere has suspects', { signal: 'SIGTRAP', record: RECENT }, 'abort', undefined, [7, 8]],
  [
    'an abort in an entry that was announced has a name',
    { signal: 'SIGSEGV', words: [{ type: 'inside', number: 5 }], record: RECENT },
    'abort',
    5,
    [],
  ],
  [
    'an entry that was left is over',
    { signal: 'SIGSEGV', words: [{ type: 'inside', number: 5 }, { type: 'outside' }], record: RECENT },
    'abort',
    undefined,
    [7, 8],
  ],
  ['the kernel took it for its memory', { outOfMemory: true, record: RECENT }, 'oom', undefined, [7, 8]],
  [
    'an abort is one even while memory runs out',
    { signal: 'SIGABRT', outOfMemory: true, record: RECENT },
    'abort',
    undefined,
    [7, 8],
  ],
  [
    'it did not answer the supervisor',
    { wasUnresponsive: true, record: { inside: 2, recent: [2] } },
    'unresponsive',
    2,
    [],
  ],
  ['it ended by itself', { signal: null, code: 7, record: RECENT }, 'exited', undefined, [7, 8]],
]

for (const [what, death, cause, culprit, suspects] of CASES) {
  test(what, () => {
    const found = blame({ ...DEATH, ...death })
    assert.deepEqual([found.cause, found.culprit, found.suspects], [cause, culprit, suspects])
  })
}
