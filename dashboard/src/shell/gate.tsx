// Nobody sees a page before the admin port has answered who they are: on loopback it asks for nothing, elsewhere for a token.
import { type ReactNode, useCallback, useId, useState } from 'react'
import { CallerProvider } from '../api/caller.tsx'
import { useSession } from '../api/session.tsx'
import { useLive } from '../api/use-live.ts'
import { Notice } from '../ui/notice.tsx'

export function Gate({ children }: { readonly children: ReactNode }) {
  const { token } = useSession()
  // What one caller has seen is not shown to the next.
  return <Door key={token ?? ''}>{children}</Door>
}

function Door({ children }: { readonly children: ReactNode }) {
  const { client, token } = useSession()
  const ask = useCallback(() => client.whoami(), [client])
  const { error, value } = useLive(ask)
  if (value !== undefined) return <CallerProvider caller={value}>{children}</CallerProvider>
  if (error === undefined) return null
  if ('code' in error && error.code === 'UNAUTHORIZED') return <SignIn wasRefused={token !== undefined} />
  return (
    <main className="gate">
      <Notice kind="error">{error.message}</Notice>
    </main>
  )
}

function SignIn({ wasRefused }: { readonly wasRefused: boolean }) {
  const { signIn } = useSession()
  const [secret, setSecret] = useState('')
  const id = useId()
  return (
    <main className="gate">
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault()
          if (secret.trim() !== '') signIn(secret.trim())
        }}
      >
        <h1>Isopod</h1>
        {wasRefused ? <Notice kind="error">This token is not known, or not valid any more.</Notice> : null}
        <label htmlFor={id}>Token</label>
        <input
          id={id}
          type="password"
          autoComplete="current-password"
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
        />
        <p className="muted">
          <code>isopod tokens create --role reader</code> makes one.
        </p>
        <button type="submit" className="primary">
          Sign in
        </button>
      </form>
    </main>
  )
}
