// Tasks of a worker as they end, the newest last. What comes while one has paused is kept, and shown when one goes on.
import { useCallback, useEffect, useRef, useState } from 'react'
import { createClient } from '../../../../src/client/client.ts'
import type { TailLine, TaskReport } from '../../../../src/server/api/log-shapes.ts'
import type { WorkerParams } from '../../../../src/server/api/worker-shapes.ts'
import { useSession } from '../../api/session.tsx'
import { toError } from '../../api/to-error.ts'

export interface Tail {
  readonly state: 'connecting' | 'open' | 'lost'
  readonly tasks: readonly TaskReport[]
  /** Tasks that were too many to be told, or to be kept. */
  readonly dropped: number
  readonly isPaused: boolean
  /** Tasks that have come since. */
  readonly held: number
  readonly error: Error | undefined
  togglePause(): void
  clear(): void
}

const MAX_TASKS = 500
/** Drawn together: more often nobody sees. */
const DRAW_EVERY_MS = 100
const AGAIN_AFTER_MS = 1000

interface Seen {
  readonly tasks: readonly TaskReport[]
  /** With those that are not kept any more. */
  readonly total: number
  readonly dropped: number
}

const NOTHING: Seen = { tasks: [], total: 0, dropped: 0 }

export function useTail({ tenant, worker }: WorkerParams): Tail {
  const { token } = useSession()
  const [state, setState] = useState<Tail['state']>('connecting')
  const [error, setError] = useState<Error>()
  const [isPaused, setPaused] = useState(false)
  const [seen, setSeen] = useState<Seen>(NOTHING)
  const [shown, setShown] = useState<Seen>(seen)
  if (!isPaused && shown !== seen) setShown(seen)

  const arrived = useRef<TailLine[]>([])
  useEffect(() => {
    const leaving = new AbortController()
    const client = createClient({ url: location.origin, token, signal: leaving.signal })
    const follow = async (): Promise<void> => {
      for await (const line of client.tail({ tenant, worker })) {
        setState('open')
        arrived.current.push(line)
      }
      throw new Error('The server ended the connection.')
    }
    let again: ReturnType<typeof setTimeout> | undefined
    const followOn = (): void => {
      follow().catch((reason: unknown) => {
        if (leaving.signal.aborted) return
        setState('lost')
        setError(toError(reason))
        again = setTimeout(followOn, AGAIN_AFTER_MS)
      })
    }
    followOn()
    const drawing = setInterval(() => {
      const lines = arrived.current.splice(0)
      if (lines.length > 0) setSeen((before) => withLines(before, lines))
    }, DRAW_EVERY_MS)
    return () => {
      leaving.abort()
      clearTimeout(again)
      clearInterval(drawing)
    }
  }, [tenant, worker, token])

  return {
    state,
    tasks: shown.tasks,
    dropped: shown.dropped,
    isPaused,
    held: seen.total - shown.total,
    error: state === 'lost' ? error : undefined,
    togglePause: useCallback(() => setPaused((before) => !before), []),
    clear: useCallback(() => {
      setSeen(NOTHING)
      setShown(NOTHING)
    }, []),
  }
}

function withLines({ dropped, tasks, total }: Seen, lines: readonly TailLine[]): Seen {
  const added = lines.filter((line): line is TaskReport => 'outcome' in line)
  const all = [...tasks, ...added]
  const untold = lines.reduce<number>((sum, line) => sum + ('dropped' in line ? line.dropped : 0), 0)
  return {
    tasks: all.slice(-MAX_TASKS),
    total: total + added.length,
    dropped: dropped + untold + Math.max(0, all.length - MAX_TASKS),
  }
}
