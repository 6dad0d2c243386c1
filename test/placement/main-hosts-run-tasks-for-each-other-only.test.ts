import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { OVER, type Router } from '../../src/host/destination.ts'
import { serveTasks } from '../../src/host/link/task-server.ts'
import { Channel } from '../../src/wire/channel.ts'
import type { TaskReply, TaskRequest } from '../../src/wire/task-messages.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const TASK: TaskRequest = {
  type: 'task',
  id: 1,
  tenant: 'default',
  worker: 'app',
  ageMs: 0,
  task: { type: 'execute' },
}

const STRANGERS: Readonly<Record<string, readonly TaskRequest[]>> = {
  'does not say the key': [TASK],
  'says another key': [{ type: 'hello', key: 'a guess' }, TASK],
}

for (const [what, messages] of Object.entries(STRANGERS)) {
  test(`whoever ${what} is cut off, and none of its tasks is run`, async () => {
    using folder = tmpDir()
    let asked = 0
    const router: Router = {
      find: () => {
        asked += 1
        return { requestBodyBytes: undefined, wallMs: undefined, submit: () => OVER }
      },
    }
    const path = join(folder.path, 'slot.sock')
    const server = createServer(
      (socket) => void serveTasks(socket, { router, key: 'the key', closed: () => undefined }),
    )
    await once(server.listen(path), 'listening')
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const channel = new Channel<TaskReply, TaskRequest>(connect(path), {
      message: (reply) => assert.fail(`answered with ${reply.type}`),
      closed: resolve,
    })
    for (const message of messages) channel.send(message)
    await closed
    server.close()
    assert.equal(asked, 0)
  })
}
