// What the server says, asked again and again while the page is seen. An answer that fails leaves the last one standing, with
// the error beside it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { toError } from './to-error.ts'

export interface Live<T> {
  readonly value: T | undefined
  readonly error: Error | undefined
  /** Asks now. */
  refresh(): Promise<void>
}

interface LiveOptions {
  /** In milliseconds; once only unless given. */
  readonly everyMs?: number
}

/** @param ask - asked anew when it is another function: memoise it */
export function useLive<T>(ask: () => Promise<T>, { everyMs }: LiveOptions = {}): Live<T> {
  const [state, setState] = useState<{ readonly value?: T; readonly error?: Error }>({})
  const latest = useRef(0)
  const refresh = useCallback(async () => {
    latest.current += 1
    const turn = latest.current
    try {
      const value = await ask()
      if (turn === latest.current) setState({ value })
    } catch (error) {
      if (turn === latest.current) setState((before) => ({ ...before, error: toError(error) }))
    }
  }, [ask])
  useEffect(() => {
    void refresh()
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, everyMs)
    return () => {
      clearInterval(timer)
      latest.current += 1
    }
  }, [refresh, everyMs])
  return { value: state.value, error: state.error, refresh }
}
