import { type FormEvent, useId, useState } from 'react'

export interface NewSchedule {
  readonly cron: string
  readonly zone: string
  readonly missed: 'skip' | 'once'
}

interface ScheduleFormProps {
  readonly isBusy: boolean
  readonly add: (schedule: NewSchedule) => Promise<void>
}

export function ScheduleForm({ add, isBusy }: ScheduleFormProps) {
  const [cron, setCron] = useState('')
  const [zone, setZone] = useState('UTC')
  const [missed, setMissed] = useState<NewSchedule['missed']>('skip')
  const id = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void add({ cron: cron.trim(), zone: zone.trim(), missed })
  }
  return (
    <form className="workers-form" onSubmit={submit}>
      <div>
        <label htmlFor={`${id}-cron`}>Cron expression</label>
        <input
          id={`${id}-cron`}
          placeholder="0 3 * * *"
          required
          spellCheck={false}
          value={cron}
          onChange={(event) => setCron(event.target.value)}
        />
      </div>
      <div>
        <label htmlFor={`${id}-zone`}>Time zone</label>
        <input id={`${id}-zone`} required value={zone} onChange={(event) => setZone(event.target.value)} />
      </div>
      <div>
        <label htmlFor={`${id}-missed`}>A run that was missed</label>
        <select
          id={`${id}-missed`}
          value={missed}
          onChange={(event) => setMissed(event.target.value === 'once' ? 'once' : 'skip')}
        >
          <option value="skip">is skipped</option>
          <option value="once">runs once</option>
        </select>
      </div>
      <button type="submit" className="primary" disabled={isBusy}>
        Add schedule
      </button>
    </form>
  )
}
