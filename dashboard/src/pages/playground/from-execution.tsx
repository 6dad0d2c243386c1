// The way from an execution to the playground: its code becomes the draft, and the address that of the playground, so that a
// reload does not undo what is typed then.
import { useEffect, useState } from 'react'
import { useClient } from '../../api/session.tsx'
import { hrefOf } from '../../shell/location.ts'
import { Notice } from '../../ui/notice.tsx'
import { draftOf, keepDraft } from './draft.ts'

export function FromExecution({ id }: { readonly id: string }) {
  const client = useClient()
  const [error, setError] = useState<Error>()
  useEffect(() => {
    let isThere = true
    client
      .execution({ id })
      .then((run) => {
        if (!isThere) return
        keepDraft(draftOf(run))
        location.replace(hrefOf('playground'))
      })
      .catch(setError)
    return () => {
      isThere = false
    }
  }, [client, id])
  return error === undefined ? null : <Notice kind="error">{error.message}</Notice>
}
