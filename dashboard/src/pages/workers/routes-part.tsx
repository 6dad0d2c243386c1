// Host names and paths that lead to the worker.
import { useCallback, useId, useState } from 'react'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Ending } from '../../ui/ending.tsx'
import type { PartProps } from './part-props.ts'

export function RoutesPart({ mayChange, worker: { tenant, worker } }: PartProps) {
  const client = useClient()
  const live = useLive(
    useCallback(async () => {
      const { routes } = await client.routes()
      return routes.filter((route) => route.tenant === tenant && route.worker === worker).map(({ pattern }) => pattern)
    }, [client, tenant, worker]),
  )
  const action = useAction()
  const save = (routes: readonly string[]): Promise<void> =>
    action.act(async () => {
      const saved = await client.setRoutes({ tenant, worker }, { routes })
      await live.refresh()
      return saved.routes.length === 0 ? 'No route leads here any more.' : 'Every host routes like that.'
    })
  return (
    <section className="panel">
      <h2>Routes</h2>
      <p className="muted">
        Its own name leads to it anyway, such as{' '}
        <code>{tenant === 'default' ? worker : `${worker}.${tenant}`}.localhost</code>.
      </p>
      <Ending action={action} />
      <Awaited live={live}>
        {(routes) => (
          <>
            <RouteNames routes={routes} />
            {mayChange ? <RoutesForm key={routes.join('\n')} {...{ routes, save }} isBusy={action.isBusy} /> : null}
          </>
        )}
      </Awaited>
    </section>
  )
}

function RouteNames({ routes }: { readonly routes: readonly string[] }) {
  if (routes.length === 0) return <p>No other host name leads here.</p>
  return (
    <ul aria-label="Routes of the worker">
      {routes.map((route) => (
        <li key={route}>
          <code>{route}</code>
        </li>
      ))}
    </ul>
  )
}

interface RoutesFormProps {
  readonly routes: readonly string[]
  readonly isBusy: boolean
  readonly save: (routes: readonly string[]) => Promise<void>
}

function RoutesForm({ isBusy, routes, save }: RoutesFormProps) {
  const [text, setText] = useState(routes.join('\n'))
  const id = useId()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save(
          text
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        )
      }}
    >
      <label htmlFor={id}>
        Patterns, one a line, such as <code>example.com/api/*</code>
      </label>
      <textarea
        id={id}
        className="workers-patterns"
        rows={Math.max(3, routes.length + 1)}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="primary" disabled={isBusy}>
        Save routes
      </button>
    </form>
  )
}
