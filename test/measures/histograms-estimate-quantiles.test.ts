import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minus, plus } from '../../src/measures/counts.ts'
import { BUCKET_BOUNDS_MS, countOf, Histogram, quantileMs } from '../../src/measures/histogram.ts'

function histogramOf(valuesMs: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const valueMs of valuesMs) histogram.add(valueMs)
  return histogram
}

/** From the first bound to the last, as many in each order of magnitude. */
const SPREAD = Array.from({ length: 10_000 }, (_, place) => 0.1 * (60_000 / 0.1) ** ((place + 1) / 10_000))

test('an estimate is in the bucket of the value that it stands for', () => {
  const counts = histogramOf(SPREAD).counts()
  for (const share of [0.01, 0.1, 0.5, 0.9, 0.99, 0.999]) {
    const exact = SPREAD[Math.ceil(share * SPREAD.length) - 1] ?? 0
    const estimate = quantileMs(counts, share) ?? 0
    assert.ok(Math.abs(Math.log(estimate / exact)) < Math.log(1.05), `${share}: ${estimate} for ${exact}`)
  }
})

test('a bound belongs to the bucket below it', () => {
  for (const [place, boundMs] of BUCKET_BOUNDS_MS.entries()) {
    assert.deepEqual(Object.keys(histogramOf([boundMs]).counts().buckets ?? {}), [String(place)])
    assert.equal(quantileMs(histogramOf([boundMs]).counts(), 1), boundMs)
  }
})

test('what is longer than all bounds is counted, and estimated by the last of them', () => {
  const counts = histogramOf([1, 3_600_000]).counts()
  assert.equal(countOf(counts), 2)
  assert.equal(quantileMs(counts, 1), BUCKET_BOUNDS_MS.at(-1))
})

test('nothing has no quantile and takes no space', () => {
  assert.deepEqual(new Histogram().counts(), {})
  assert.equal(quantileMs({}, 0.5), undefined)
})

test('histograms of two processes add up to that of all values', () => {
  const odd = SPREAD.filter((_, place) => place % 2 === 1)
  const even = SPREAD.filter((_, place) => place % 2 === 0)
  const all = histogramOf(SPREAD).counts()
  const { buckets, sumMs = 0 } = plus(histogramOf(odd).counts(), histogramOf(even).counts())
  assert.deepEqual(buckets, all.buckets)
  assert.equal(Math.round(sumMs), Math.round(all.sumMs ?? 0))
})

test('a difference is what came since, and never negative', () => {
  const histogram = histogramOf([1, 1, 30])
  const before = histogram.counts()
  histogram.add(30)
  assert.deepEqual(minus(histogram.counts(), before), { sumMs: 30, buckets: { 8: 1 } })
  assert.deepEqual(minus(before, histogram.counts()), {})
})
