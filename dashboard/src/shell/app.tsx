import { SessionProvider } from '../api/session.tsx'
import { Frame } from './frame.tsx'
import { Gate } from './gate.tsx'
import { useLocation } from './location.ts'
import { PAGES } from './pages.ts'

export function App() {
  const [name = 'playground', ...path] = useLocation()
  const page = PAGES.find((one) => one.name === name)
  const Page = page?.component
  return (
    <SessionProvider>
      <Gate>
        <Frame current={name}>{Page === undefined ? <h1>There is no such page</h1> : <Page path={path} />}</Frame>
      </Gate>
    </SessionProvider>
  )
}
