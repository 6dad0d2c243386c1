import type { ReactNode } from 'react'

interface NoticeProps {
  readonly kind: 'error' | 'info'
  readonly children: ReactNode
}

export function Notice({ children, kind }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
