// Follows a set of files. Folders are watched, not files: editors replace a file by renaming another over it.
import { type FSWatcher, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Changes that come together (a save of several files, a checkout) are one. */
const SETTLE_MS = 50

/**
 * @param onChange - returns the files to follow from then on, or undefined for the same as before; changes while it
 *   runs lead to one more call
 */
export function watchFiles(files: readonly string[], onChange: () => Promise<readonly string[] | undefined>): Disposable {
  let followed = new Set(files.map((file) => resolve(file)))
  let watchers = watchFolders(followed, schedule)
  let timer: NodeJS.Timeout | undefined
  let state: 'idle' | 'running' | 'again' | 'closed' = 'idle'

  function schedule(path: string): void {
    if (!followed.has(path) || state === 'closed') return
    clearTimeout(timer)
    timer = setTimeout(() => void run(), SETTLE_MS)
  }

  async function run(): Promise<void> {
    if (state !== 'idle') {
      if (state === 'running') state = 'again'
      return
    }
    state = 'running'
    const next = await onChange()
    if (isClosed()) return
    if (next !== undefined) {
      for (const watcher of watchers) watcher.close()
      followed = new Set(next.map((file) => resolve(file)))
      watchers = watchFolders(followed, schedule)
    }
    const again = needsAnother()
    state = 'idle'
    if (again) await run()
  }

  // The state changes while `run` waits, which the compiler cannot see.
  const isClosed = (): boolean => state === 'closed'
  const needsAnother = (): boolean => state === 'again'

  return {
    [Symbol.dispose]() {
      state = 'closed'
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function watchFolders(files: ReadonlySet<string>, onChange: (path: string) => void): FSWatcher[] {
  const folders = new Set([...files].map((file) => dirname(file)))
  return [...folders].map((folder) =>
    watch(folder, (_event, name) => {
      if (name !== null) onChange(resolve(folder, name))
    }),
  )
}
