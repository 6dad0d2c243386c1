// More connections than the server's processes may have descriptors.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Report, type Scenario, skip } from '../scenario.ts'
import { findTools } from '../../../src/supervisor/sandbox/find-tool.ts'
import { askWorker, lossesOf, openStage, untilTrue, VICTIM } from '../runner/stage.ts'

const LIMIT = 128
const CONNECTIONS = 400
const HELD_MS = 5000
const WITHIN_MS = 15_000
const ASKED_AFTERWARDS = 50

export const scenario: Scenario = {
  name: 'descriptors',
  title: `a limit of ${LIMIT} descriptors, and ${CONNECTIONS} connections`,
  async run(): Promise<Report> {
    const { prlimit } = await findTools(process.env)
    if (prlimit === undefined) return skip('prlimit is not installed')
    await using stage = await openStage({ hosts: 1, wrapper: [prlimit.path, `--nofile=${LIMIT}:${LIMIT}`] })
    const { load, server } = stage
    const problems: string[] = []
    const pids = async (): Promise<string> => (await server.admin.hosts()).map(({ pid }) => pid).join(' ')
    const before = await pids()
    const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(server.dataPort)))
    await delay(HELD_MS)
    const held = sockets.filter((socket) => !socket.destroyed).length
    // A host that dies meanwhile has to be replaced all the same.
    const refusedWhileFull = load.losses.length
    for (const socket of sockets) socket.destroy()
    const answers = async (): Promise<boolean> => (await askWorker(server, VICTIM)).status === 200
    const backMs = await untilTrue(answers, WITHIN_MS)
    if (backMs === undefined) problems.push('it does not answer any more')
    await load.stop()
    for (let i = 0; i < ASKED_AFTERWARDS; i++) {
      const { status, text } = await askWorker(server, VICTIM)
      if (status !== 200) problems.push(`afterwards: ${status} ${text}`)
    }
    const answered = lossesOf(load.samples).filter((loss) => /lost: [1-9]/.test(loss))
    problems.push(...answered.map((loss) => `not refused, but ${loss}`))
    const after = await pids()
    if (after !== before) {
      const [incident] = await server.admin.incidents()
      problems.push(
        `processes were ${before} and are ${after}: ${JSON.stringify(incident)}`,
        server.output().slice(-2000),
      )
    }
    return {
      figures: {
        'connections held': `${held} of ${CONNECTIONS}`,
        requests: load.samples.length,
        'refused meanwhile': refusedWhileFull,
        'answers again': `${backMs ?? 'never'} ms after`,
      },
      problems,
    }
  },
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  // The kernel completes connections that nobody has accepted yet.
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
  return socket
}
