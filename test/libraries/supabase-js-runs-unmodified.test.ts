import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { WebSocketServer } from 'ws'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'

interface Message {
  readonly topic: string
  readonly event: string
  readonly ref: string
  readonly payload: unknown
}

/** As much of a Supabase as the worker asks for: a query, an insertion, a channel. */
async function startSupabase(): Promise<AsyncDisposable & { readonly url: string; readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['apikey']}`)
    request.resume()
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' })
    response.end(request.method === 'POST' ? '' : '[{"id":7,"text":"hello"}]')
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`)
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('message', (data) => {
        const parsed = JSON.parse(String(data as Buffer)) as Message | [string, string, string, string, unknown]
        const [joinRef, ref, topic, event] = Array.isArray(parsed)
          ? parsed
          : [parsed.ref, parsed.ref, parsed.topic, parsed.event]
        const say = (said: string, payload: unknown, to: string | null): void => {
          const object = { topic, event: said, payload, ref: to }
          ws.send(JSON.stringify(Array.isArray(parsed) ? [joinRef, to, topic, said, payload] : object))
        }
        say('phx_reply', { status: 'ok', response: { postgres_changes: [] } }, ref)
        if (event === 'phx_join')
          say('broadcast', { type: 'broadcast', event: 'said', payload: { by: 'server' } }, null)
      })
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('supabase-js runs unmodified: a query, an insertion, a channel over its WebSocket', async () => {
  const { bundle } = await bundleProject({
    entry: join(import.meta.dirname, '../fixtures/libraries/supabase/index.ts'),
  })
  await using supabase = await startSupabase()
  await using t = startRuntime({ network: { allow: ['127.0.0.1'] } })
  await t.runtime.load({ worker: 'w', bundle, env: { url: supabase.url }, limits: { cpuMs: 5000, startupCpuMs: 5000 } })
  const answer = await t.fetch('w')
  assert.equal(answer.text, '{"data":[{"id":7,"text":"hello"}],"insertError":null,"heard":{"by":"server"}}')
  assert.deepEqual(supabase.asked, [
    'GET /rest/v1/notes?select=id%2Ctext&id=eq.7&order=id.asc&limit=1 anon-key',
    'POST /rest/v1/notes anon-key',
    'GET /realtime/v1/websocket',
  ])
})
