// One run at a time, from here to its end: started, followed by its events, cancelled. What ran before stays until there is
// something new to show.
import { useEffect, useRef, useState } from 'react'
import { type Client, createClient } from '../../../../src/client/client.ts'
import type {
  ExecuteBody,
  ExecutionError,
  ExecutionLog,
  ExecutionReport,
  ExecutionStatus,
} from '../../../../src/server/api/execution-shapes.ts'
import { useSession } from '../../api/session.tsx'
import { errorOfRefusal } from '../../execution/refusal.ts'
import { isUnderWay } from '../../execution/under-way.ts'

/** A screen shows no more than this often. */
const FRAME_MS = 16

export interface LiveRun {
  /** Undefined until the server has taken it. */
  readonly id?: string
  readonly status: ExecutionStatus
  readonly logs: readonly ExecutionLog[]
}

export interface Runner {
  readonly live: LiveRun | undefined
  /** How the last one ended. */
  readonly report: ExecutionReport | undefined
  /** Why the last one did not run, or nothing more is known of it. */
  readonly refusal: ExecutionError | undefined
  /** Nothing happens while another one is under way. */
  start(body: ExecuteBody): Promise<void>
  cancel(): Promise<void>
}

const STARTING: LiveRun = { status: 'pending', logs: [] }

export function useRun(): Runner {
  const { client, token } = useSession()
  const [live, setLive] = useState<LiveRun>()
  const [ending, setEnding] = useState<Pick<Runner, 'report' | 'refusal'>>({ report: undefined, refusal: undefined })
  const underWay = useRef<AbortController>(undefined)
  useEffect(() => () => underWay.current?.abort(), [])
  return {
    live,
    ...ending,
    async start(body) {
      if (underWay.current !== undefined) return
      const stop = new AbortController()
      underWay.current = stop
      setLive(STARTING)
      try {
        // Its requests end when the page is left; the run does not.
        const report = await run(createClient({ url: location.origin, token, signal: stop.signal }), {
          body,
          show: setLive,
        })
        setEnding({ report, refusal: undefined })
      } catch (error) {
        if (!stop.signal.aborted) setEnding({ report: undefined, refusal: errorOfRefusal(error) })
      }
      underWay.current = undefined
      setLive(undefined)
    },
    async cancel() {
      if (live?.id === undefined) return
      try {
        await client.cancelExecution({ id: live.id })
      } catch {
        // It was over already, or the events have broken off as well: either is shown.
      }
    },
  }
}

interface Running {
  readonly body: ExecuteBody
  readonly show: (live: LiveRun) => void
}

async function run(client: Client, { body, show }: Running): Promise<ExecutionReport> {
  const started = await client.startExecution(body)
  const { id } = started
  let { status } = started
  const logs: ExecutionLog[] = []
  let frame: ReturnType<typeof setTimeout> | undefined
  const changed = (): void => {
    frame ??= setTimeout(() => {
      frame = undefined
      show({ id, status, logs: [...logs] })
    }, FRAME_MS)
  }
  changed()
  try {
    for await (const event of client.executionEvents({ id })) {
      if (event.type === 'end') return event.execution
      if (event.type === 'log') logs.push(event.log)
      else status = event.status
      changed()
    }
  } finally {
    clearTimeout(frame)
  }
  const report = await client.execution({ id })
  if (isUnderWay(report.status))
    throw new Error('The server says nothing more of this run. See Executions for its end.')
  return report
}
