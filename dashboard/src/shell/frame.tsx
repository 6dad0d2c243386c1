// What is around every page: its name, the way to the others, light or dark.
import { type ReactNode, useEffect } from 'react'
import { useSession } from '../api/session.tsx'
import { hrefOf } from './location.ts'
import { PAGES } from './pages.ts'
import { ThemeButton } from './theme-button.tsx'

interface FrameProps {
  readonly current: string
  readonly children: ReactNode
}

export function Frame({ children, current }: FrameProps) {
  const { signOut, token } = useSession()
  const title = PAGES.find(({ name }) => name === current)?.title
  useEffect(() => {
    document.title = title === undefined ? 'Isopod' : `${title} · Isopod`
  }, [title])
  return (
    <>
      <a className="skip-link" href="#main" onClick={focusMain}>
        Skip to the page
      </a>
      <header className="frame-header">
        <a className="brand" href={hrefOf('playground')}>
          <img src="./favicon.svg" alt="" width="24" height="24" /> Isopod
        </a>
        <nav aria-label="Pages">
          {PAGES.map(({ name, title: label }) => (
            <a key={name} href={hrefOf(name)} aria-current={name === current ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <div className="frame-tools">
          <ThemeButton />
          {token === undefined ? null : (
            <button type="button" onClick={signOut}>
              Sign out
            </button>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

function focusMain(event: { preventDefault(): void }): void {
  // The address is the page's.
  event.preventDefault()
  document.getElementById('main')?.focus()
}
