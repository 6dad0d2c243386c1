// Whose instances are shown, and on which host.
import { useId } from 'react'
import type { Cell } from './follow-pool.ts'

/** Empty is all. */
export interface PoolFilterValue {
  readonly tenant: string
  readonly host: string
}

interface PoolFilterProps {
  readonly cells: readonly Cell[]
  readonly value: PoolFilterValue
  change(value: PoolFilterValue): void
}

export function PoolFilter({ cells, change, value }: PoolFilterProps) {
  const tenants = distinct([value.tenant, ...cells.map(({ entry }) => entry.tenant)])
  const hosts = distinct([value.host, ...cells.map(({ entry }) => (entry.host === undefined ? '' : `${entry.host}`))])
  return (
    <>
      <Choice label="Tenant" options={tenants} value={value.tenant} change={(tenant) => change({ ...value, tenant })} />
      <Choice label="Host" options={hosts} value={value.host} change={(host) => change({ ...value, host })} />
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly options: readonly string[]
  readonly value: string
  change(value: string): void
}

function Choice({ change, label, options, value }: ChoiceProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => change(target.value)}>
        <option value="">All</option>
        {options.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .filter((name) => name !== '')
    .toSorted((left, right) => left.localeCompare(right, 'en', { numeric: true }))
}
