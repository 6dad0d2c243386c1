// Temporal.Now by the guest's clock. Engines have it from V8 14.4 on.
// https://tc39.es/proposal-temporal/#sec-temporal-now-object
import { currentTime } from '../clock.ts'
import { ObjectDefineProperty, ObjectGetOwnPropertyDescriptor, uncurryThis } from '../primordials.ts'

interface Zoned {
  toPlainDate(): object
  toPlainDateTime(): object
  toPlainTime(): object
}

interface Instant {
  toZonedDateTimeISO(zone: unknown): Zoned
}

interface Temporal {
  readonly Now: object & { timeZoneId(): string }
  readonly Instant: { fromEpochMilliseconds(ms: number): Instant; readonly prototype: Instant }
  readonly ZonedDateTime: { readonly prototype: Zoned }
}

export function boundTemporal(scope: object): void {
  const temporal = ObjectGetOwnPropertyDescriptor(scope, 'Temporal')?.value as Temporal | undefined
  if (temporal === undefined) return
  const { Instant, Now, ZonedDateTime } = temporal
  const { timeZoneId } = Now
  const { fromEpochMilliseconds } = Instant
  const toZonedDateTime = uncurryThis(Instant.prototype.toZonedDateTimeISO)
  const toPlainDate = uncurryThis(ZonedDateTime.prototype.toPlainDate)
  const toPlainDateTime = uncurryThis(ZonedDateTime.prototype.toPlainDateTime)
  const toPlainTime = uncurryThis(ZonedDateTime.prototype.toPlainTime)
  const instant = (): Instant => fromEpochMilliseconds(currentTime())
  const zoned = (zone: unknown): Zoned => toZonedDateTime(instant(), zone === undefined ? timeZoneId() : zone)
  // The time zone is optional, hence no parameter that `length` would count.
  const functions = {
    instant: () => instant(),
    plainDateISO: (...zone: unknown[]) => toPlainDate(zoned(zone[0])),
    plainDateTimeISO: (...zone: unknown[]) => toPlainDateTime(zoned(zone[0])),
    plainTimeISO: (...zone: unknown[]) => toPlainTime(zoned(zone[0])),
    zonedDateTimeISO: (...zone: unknown[]) => zoned(zone[0]),
  }
  for (const [name, value] of Object.entries(functions)) ObjectDefineProperty(Now, name, { value })
}
