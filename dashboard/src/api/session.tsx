// Who this page asks as: a client of the admin port it came from, with the token that was typed in, where one is needed. The
// token lives as long as the tab.
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { type Client, createClient } from '../../../src/client/client.ts'

interface Session {
  readonly client: Client
  readonly token: string | undefined
  signIn(token: string): void
  signOut(): void
}

const KEY = 'isopod-token'
const SessionContext = createContext<Session | undefined>(undefined)

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY) ?? undefined)
  const session = useMemo<Session>(
    () => ({
      client: createClient({ url: location.origin, token }),
      token,
      signIn(secret) {
        sessionStorage.setItem(KEY, secret)
        setToken(secret)
      },
      signOut() {
        sessionStorage.removeItem(KEY)
        setToken(undefined)
      },
    }),
    [token],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === undefined) throw new Error('there is no session around this component')
  return session
}

export function useClient(): Client {
  return useSession().client
}
