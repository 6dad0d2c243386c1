/** `0.25` → `0.25/s`; undefined, before anything is known, is a dash. */
export function perSecond(rate: number | undefined): string {
  if (rate === undefined) return '–'
  return `${rate >= 100 ? Math.round(rate) : rate >= 10 ? rate.toFixed(1) : rate.toFixed(2)}/s`
}
