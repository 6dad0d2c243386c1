import assert from 'node:assert/strict'
import http from 'node:http'
import { once } from 'node:events'
import { test } from 'node:test'
import { HttpIngress } from '../../src/host/http/http-ingress.ts'
import { MODES } from '../../src/version.ts'
import { startExample } from '../support/example.ts'
import { eventually } from '../support/cli.ts'

async function get(port: number, path: string): Promise<http.IncomingMessage> {
  const [response] = (await once(http.get({ port, path, headers: { host: 'streaming.localhost' } }), 'response')) as [
    http.IncomingMessage,
  ]
  return response.setEncoding('utf8')
}

for (const mode of MODES) {
  test(`in mode ${mode}: each line is a chunk of its own`, async () => {
    await using example = await startExample('streaming', { mode })
    await using ingress = new HttpIngress(example.runtime)
    await ingress.listen({ port: 0 })
    const response = await get(ingress.address.port, '/?lines=3')
    assert.equal(response.headers['content-type'], 'text/plain; charset=utf-8')
    const chunks: string[] = []
    for await (const chunk of response) chunks.push(chunk as string)
    assert.deepEqual(chunks, ['line 1 of 3\n', 'line 2 of 3\n', 'line 3 of 3\n'])
  })

  test(`in mode ${mode}: events go on until the client leaves, and then nothing is left`, async () => {
    await using example = await startExample('streaming', { mode })
    await using ingress = new HttpIngress(example.runtime)
    await ingress.listen({ port: 0 })
    const response = await get(ingress.address.port, '/events')
    assert.equal(response.headers['content-type'], 'text/event-stream')
    let text = ''
    for await (const chunk of response) {
      text += chunk as string
      if (text.split('\n\n').length > 2) break
    }
    assert.match(text, /^id: 1\nevent: tick\ndata: \{"time":"[^"]+"\}\n\nid: 2\nevent: tick\ndata: /)
    await eventually(
      async () => example.records.length,
      (count) => count === 1,
    )
    assert.equal(
      example.runtime.stats().entries.reduce((sum, { running }) => sum + running, 0),
      0,
    )
  })
}
