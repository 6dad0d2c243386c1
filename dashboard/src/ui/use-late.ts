// What takes a moment is not announced: a hint that comes and goes within it is worse than none.
import { useEffect, useState } from 'react'

const PATIENCE_MS = 300

/** True when `isWaiting` has been so for long enough to say it. */
export function useLate(isWaiting: boolean): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setIsLate(false)
    }
  }, [isWaiting])
  return isLate
}
