import { dateTime } from '../../ui/format.ts'

/** Of what the server gives as 0 or null where there is none. */
export function moment(unixMs: number | null): string {
  return unixMs === null || unixMs === 0 ? '–' : dateTime(unixMs)
}
