import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Histogram } from '../../src/measures/histogram.ts'
import { expositionOf } from '../../src/server/metrics/exposition.ts'
import { seriesIn } from '../support/exposition.ts'
import { complaintsAbout, hasPrometheus } from '../support/prometheus.ts'

const help = 'What is "measured" with \\ and\na second line.'

test('numbers have their labels, escaped where need be', () => {
  assert.equal(
    expositionOf([
      { name: 'things', type: 'gauge', help, samples: [[[], 1.5]] },
      { name: 'events_total', type: 'counter', help: 'Events.', labels: ['a', 'b'], samples: [[['x"\\\n', 'y'], 2]] },
    ]),
    String.raw`# HELP things What is "measured" with \\ and\na second line.
# TYPE things gauge
things 1.5
# HELP events_total Events.
# TYPE events_total counter
events_total{a="x\"\\\n",b="y"} 2
`,
  )
})

test('buckets of a histogram have all that is not above their bound, in seconds', () => {
  const histogram = new Histogram()
  for (const valueMs of [0.1, 0.15, 3, 70_000]) histogram.add(valueMs)
  const series = seriesIn(
    expositionOf([
      { name: 'wait_seconds', type: 'histogram', help, labels: ['of'], samples: [[['me'], histogram.counts()]] },
    ]),
  )
  const bucket = (le: string): number | undefined => series.get(`wait_seconds_bucket{of="me",le="${le}"}`)
  assert.deepEqual(['0.0001', '0.0002', '0.002', '0.005', '60', '+Inf'].map(bucket), [1, 2, 2, 3, 3, 4])
  assert.equal(series.get('wait_seconds_count{of="me"}'), 4)
  assert.equal(series.get('wait_seconds_sum{of="me"}'), 70.00325)
  assert.equal(series.size, 21)
})

test('nothing measured is a histogram of zeros, and no samples are no series', () => {
  const series = seriesIn(
    expositionOf([
      { name: 'wait_seconds', type: 'histogram', help, samples: [[[], {}]] },
      { name: 'events_total', type: 'counter', help, labels: ['a'], samples: [] },
    ]),
  )
  assert.equal(series.size, 21)
  assert.deepEqual(new Set(series.values()), new Set([0]))
})

test('promtool reads what has odd labels', (t) => {
  if (!hasPrometheus(t)) return
  const samples = [[['{a="b"} \\ \n ü 💥'], 1e21] as const, [[''], 1e-9] as const]
  assert.equal(
    complaintsAbout(expositionOf([{ name: 'events_total', type: 'counter', help, labels: ['a'], samples }])),
    '',
  )
})
