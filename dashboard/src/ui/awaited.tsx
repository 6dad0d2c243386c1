// What is shown of an answer: the last one there was, with the error beside it where the next one failed. That one waits is
// said only when it takes longer than one notices.
import type { ReactNode } from 'react'
import type { Live } from '../api/use-live.ts'
import { Loading } from './loading.tsx'
import { Notice } from './notice.tsx'

interface AwaitedProps<T> {
  readonly live: Live<T>
  readonly children: (value: T) => ReactNode
}

export function Awaited<T>({ children, live: { error, value } }: AwaitedProps<T>) {
  return (
    <>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? error === undefined ? <Loading /> : null : children(value)}
    </>
  )
}
