// Where in the dashboard one is: what stands behind `#` in the address, so that links, reloads and the back button work, and
// the server has one page to give.
import { useSyncExternalStore } from 'react'

/** `#/workers/acme/app` → `['workers', 'acme', 'app']`. */
export function useLocation(): readonly string[] {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
}

export function hrefOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}
