// Something that a page asks the server to do: once at a time, with its refusal kept for whoever looks.
import { useCallback, useState } from 'react'
import { toError } from './to-error.ts'

export interface Action {
  readonly isBusy: boolean
  /** Why the last one was not done. */
  readonly error: Error | undefined
  /** What the last one did, as it said. */
  readonly done: string | undefined
  /** @param deed - resolves with what is said when it is done */
  act(deed: () => Promise<string>): Promise<void>
}

export function useAction(): Action {
  const [state, setState] = useState<Omit<Action, 'act'>>({ isBusy: false, error: undefined, done: undefined })
  const act = useCallback(async (deed: () => Promise<string>) => {
    setState((before) => ({ ...before, isBusy: true }))
    try {
      setState({ isBusy: false, error: undefined, done: await deed() })
    } catch (error) {
      setState({ isBusy: false, error: toError(error), done: undefined })
    }
  }, [])
  return { ...state, act }
}
