import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode('sync and async handlers, and one that waits for a timer, answer', async ({ load, fetch }) => {
  await load(
    'answers',
    `export default {
      fetch(request) {
        const { pathname } = new URL(request.url)
        if (pathname === '/sync') return new Response('sync', { status: 201, headers: { 'x-kind': 'sync' } })
        if (pathname === '/async') return Promise.resolve().then(() => new Response('async'))
        return new Promise((resolve) => setTimeout((text) => resolve(new Response(text)), 2, 'timer'))
      },
    }`,
  )
  for (const kind of ['sync', 'async', 'timer']) {
    const answer = await fetch('answers', `/${kind}`)
    assert.equal(answer.outcome, 'ok', answer.error?.message)
    assert.equal(answer.text, kind)
    assert.equal(answer.response?.status, kind === 'sync' ? 201 : 200)
    if (kind === 'sync') {
      assert.deepEqual(answer.response?.headers, [
        ['x-kind', 'sync'],
        ['content-type', 'text/plain;charset=UTF-8'],
      ])
    }
  }
})

inEveryMode('many requests at once are all answered, each with its own answer', async ({ load, fetch }) => {
  await load(
    'echo',
    `export default { async fetch(request) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
      return new Response(new URL(request.url).pathname)
    } }`,
  )
  const paths = Array.from({ length: 20 }, (_, number) => `/${number}`)
  const answers = await Promise.all(paths.map((path) => fetch('echo', path)))
  assert.deepEqual(
    answers.map(({ text }) => text),
    paths,
  )
})
