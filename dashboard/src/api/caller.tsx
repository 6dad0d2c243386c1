// Who the admin port says one is. Pages offer what that one may do, and nothing that would be refused.
import { createContext, type ReactNode, useContext } from 'react'
import type { WhoamiReport } from '../../../src/server/api/whoami-shapes.ts'

const CallerContext = createContext<WhoamiReport | undefined>(undefined)

interface CallerProviderProps {
  readonly caller: WhoamiReport
  readonly children: ReactNode
}

export function CallerProvider({ caller, children }: CallerProviderProps) {
  return <CallerContext value={caller}>{children}</CallerContext>
}

/** Whether one may change what is the tenant's. */
export function useMayChange(tenant: string): boolean {
  const caller = useContext(CallerContext)
  if (caller === undefined) throw new Error('nobody has said who one is')
  return caller.role === 'admin' || (caller.role === 'deployer' && caller.tenant === tenant)
}
