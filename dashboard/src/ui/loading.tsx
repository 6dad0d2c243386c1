// Says that an answer is awaited, once that has lasted long enough to be noticed.
import { useEffect, useState } from 'react'

const NOTICED_AFTER_MS = 300

export function Loading() {
  const [isNoticed, setNoticed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setNoticed(true), NOTICED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return isNoticed ? <p className="muted">Loading…</p> : null
}
