// Figures as people read them.

/** `1536` → `1.5 KiB`. */
export function bytes(size: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = size
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** `0.42` → `0.42 ms`; `1500` → `1.5 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 86_400_000) return `${(ms / 3_600_000).toFixed(1)} h`
  return `${(ms / 86_400_000).toFixed(1)} d`
}

const COUNTS = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** `12345` → `12.3K`. */
export function count(value: number): string {
  return COUNTS.format(value)
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 || share > 0.99 ? 1 : 0)} %`
}

export function dateTime(unixMs: number): string {
  return new Date(unixMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

export function time(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString()
}

/** `2.5` → `2.5/s`. */
export function perSecond(rate: number): string {
  return `${rate > 0 && rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s`
}
