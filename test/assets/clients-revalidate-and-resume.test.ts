import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf, startSite } from '../support/site.ts'

const TEXT = '0123456789'
const ETAG = `"${hashOf(TEXT)}"`

test('a file has an entity tag, and is not sent again to who has it', async () => {
  await using site = await startSite({ '/t.txt': TEXT })
  const { headers, status, text } = await site.get('/t.txt')
  assert.deepEqual([status, text], [200, TEXT])
  assert.equal(headers.etag, ETAG)
  assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
  assert.equal(headers['cache-control'], 'public, max-age=0, must-revalidate')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['content-length'], '10')
  for (const known of [ETAG, `W/${ETAG}`, `"other", ${ETAG}`, '*']) {
    const again = await site.get('/t.txt', { headers: { 'if-none-match': known } })
    assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', ETAG], known)
  }
  const changed = await site.get('/t.txt', { headers: { 'if-none-match': '"other"' } })
  assert.equal(changed.status, 200)
})

test('an answer to HEAD has the head of the answer to GET', async () => {
  await using site = await startSite({ '/t.txt': TEXT })
  const { headers, status, text } = await site.get('/t.txt', { method: 'HEAD', headers: { range: 'bytes=0-1' } })
  assert.deepEqual([status, text, headers['content-length'], headers.etag], [200, '', '10', ETAG])
})

/** Range → status, text and what it is of the whole. */
const RANGES: readonly [range: string, status: number, text: string, of: string | undefined][] = [
  ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-30', 206, TEXT, 'bytes 0-9/10'],
  ['bytes=5-99999999999999999999', 206, '56789', 'bytes 5-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=4-2', 200, TEXT, undefined],
  ['bytes=0-1,3-4', 200, TEXT, undefined],
  ['bytes=-', 200, TEXT, undefined],
  ['bytes=a-b', 200, TEXT, undefined],
  ['lines=0-1', 200, TEXT, undefined],
]

test('a part of a file can be asked for', async () => {
  await using site = await startSite({ '/t.txt': TEXT, '/empty': '' })
  for (const [range, status, text, of] of RANGES) {
    const answer = await site.get('/t.txt', { headers: { range } })
    assert.deepEqual([answer.status, answer.text, answer.headers['content-range']], [status, text, of], range)
  }
  const conditional = async (condition: string): Promise<number> =>
    (await site.get('/t.txt', { headers: { range: 'bytes=0-1', 'if-range': condition } })).status
  assert.equal(await conditional(ETAG), 206)
  assert.equal(await conditional(`W/${ETAG}`), 200)
  assert.equal(await conditional('"other"'), 200)
  assert.equal(await conditional('Sun, 06 Nov 1994 08:49:37 GMT'), 200)
  assert.equal((await site.get('/empty', { headers: { range: 'bytes=0-' } })).status, 416)
  assert.deepEqual((await site.get('/empty')).headers['content-length'], '0')
})

test('a part that spans several pieces arrives whole', async () => {
  const content = Buffer.alloc(300_000, 'abcdefghijklmnopqrstuvwxyz')
  await using site = await startSite({ '/large': content })
  for (const [start, end] of [
    [0, 300_000],
    [65_535, 65_537],
    [65_536, 131_072],
    [70_000, 299_999],
  ] as const) {
    const answer = await site.get('/large', { headers: { range: `bytes=${start}-${end - 1}` } })
    assert.equal(answer.status, 206)
    assert.equal(answer.headers['content-length'], String(end - start))
    assert.equal(answer.text === content.toString('latin1', start, end), true, `${start}-${end}`)
  }
})
