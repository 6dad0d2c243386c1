// When the worker runs by itself, and how that went.
import { useCallback } from 'react'
import type { ScheduleReport } from '../../../../src/server/api/schedule-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Ending } from '../../ui/ending.tsx'
import type { PartProps } from './part-props.ts'
import { RunHistory } from './run-history.tsx'
import { ScheduleForm, type NewSchedule } from './schedule-form.tsx'
import { ScheduleTable } from './schedule-table.tsx'

const EVERY_MS = 2000

export function SchedulesPart({ mayChange, worker: { tenant, worker } }: PartProps) {
  const client = useClient()
  const live = useLive(
    useCallback(async () => {
      const [{ schedules }, { runs }] = await Promise.all([
        client.schedules({ tenant, worker }),
        client.scheduleHistory({ tenant, worker }),
      ])
      return { schedules, runs }
    }, [client, tenant, worker]),
    { everyMs: EVERY_MS },
  )
  const action = useAction()
  const setAll = (schedules: readonly NewSchedule[], said: string): Promise<void> =>
    action.act(async () => {
      await client.setSchedules({ tenant, worker }, { schedules })
      await live.refresh()
      return said
    })
  const run = (cron: string): Promise<void> =>
    action.act(async () => {
      const { error, outcome } = await client.runSchedule({ tenant, worker }, { cron })
      await live.refresh()
      return error === undefined ? `The run ended: ${outcome}.` : `The run ended: ${outcome}. ${error.message}`
    })
  return (
    <>
      <Ending action={action} />
      <Awaited live={live}>
        {({ runs, schedules }) => {
          const kept = schedules.map(initOf)
          return (
            <>
              <section className="panel table-wrap" aria-label="Schedules" tabIndex={0}>
                <h2>Schedules</h2>
                <ScheduleTable
                  schedules={schedules}
                  mayChange={mayChange}
                  isBusy={action.isBusy}
                  run={run}
                  remove={(cron, zone) =>
                    setAll(
                      kept.filter((one) => one.cron !== cron || one.zone !== zone),
                      `${cron} is gone.`,
                    )
                  }
                />
                {mayChange ? (
                  <ScheduleForm
                    isBusy={action.isBusy}
                    add={(schedule) => setAll([...kept, schedule], `${schedule.cron} is set.`)}
                  />
                ) : null}
              </section>
              <RunHistory runs={runs} />
            </>
          )
        }}
      </Awaited>
    </>
  )
}

function initOf({ cron, missed, zone }: ScheduleReport): NewSchedule {
  return { cron, zone, missed }
}
