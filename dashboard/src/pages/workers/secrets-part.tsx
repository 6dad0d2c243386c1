// Names of secrets. A value goes in, and never comes out again.
import { type FormEvent, useCallback, useId, useState } from 'react'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Ending } from '../../ui/ending.tsx'
import { moment } from './moment.ts'
import type { PartProps } from './part-props.ts'

export function SecretsPart({ mayChange, worker: { tenant, worker } }: PartProps) {
  const client = useClient()
  const live = useLive(useCallback(() => client.secrets({ tenant, worker }), [client, tenant, worker]))
  const action = useAction()
  const set = (name: string, value: string): Promise<void> =>
    action.act(async () => {
      await client.setSecret({ tenant, worker, name }, { value })
      await live.refresh()
      return `${name} is set, on every host.`
    })
  const remove = (name: string): Promise<void> =>
    action.act(async () => {
      await client.removeSecret({ tenant, worker, name })
      await live.refresh()
      return `${name} is gone.`
    })
  return (
    <section className="panel table-wrap" aria-label="Secrets" tabIndex={0}>
      <h2>Secrets</h2>
      <Ending action={action} />
      <Awaited live={live}>
        {({ secrets }) =>
          secrets.length === 0 ? (
            <p>The worker has none.</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Set</th>
                  <th scope="col">By</th>
                  {mayChange ? <th scope="col">Remove</th> : null}
                </tr>
              </thead>
              <tbody>
                {secrets.map(({ author, name, time }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{moment(time)}</td>
                    <td>{author}</td>
                    {mayChange ? (
                      <td>
                        <ConfirmButton
                          label="Remove"
                          accessibleName={`Remove ${name}`}
                          question={`Shall ${worker} do without ${name} from now on? Its value cannot be got back.`}
                          disabled={action.isBusy}
                          onConfirm={() => void remove(name)}
                        />
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Awaited>
      {mayChange ? <SecretForm isBusy={action.isBusy} set={set} /> : null}
    </section>
  )
}

interface SecretFormProps {
  readonly isBusy: boolean
  readonly set: (name: string, value: string) => Promise<void>
}

function SecretForm({ isBusy, set }: SecretFormProps) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const id = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void set(name.trim(), value)
    setValue('')
  }
  return (
    <form className="workers-form" onSubmit={submit}>
      <div>
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          autoComplete="off"
          spellCheck={false}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div>
        <label htmlFor={`${id}-value`}>Value</label>
        <input
          id={`${id}-value`}
          type="password"
          autoComplete="new-password"
          required
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </div>
      <button type="submit" className="primary" disabled={isBusy}>
        Set secret
      </button>
    </form>
  )
}
