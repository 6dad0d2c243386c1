// Follows a set of files. Folders are watched, not files: editors replace a file by renaming another over it.
import { existsSync, type FSWatcher, statSync, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Changes that come together (a save of several files, a checkout) are one. */
const SETTLE_MS = 50

export interface WatchOptions {
  readonly files: readonly string[]
  /** Wall clock of when the files began to be read: what changed since then counts as a change. */
  readonly sinceMs: number
  /**
   * Returns the files to follow from then on. Undefined says that what is there is broken: the same files are followed,
   * and any file that comes or goes beside them is tried too, since it may be the one that was missing. Changes while
   * it runs lead to one more call.
   */
  readonly onChange: () => Promise<readonly string[] | undefined>
}

export function watchFiles({ files, sinceMs, onChange }: WatchOptions): Disposable {
  let followed = new Set(files.map((file) => resolve(file)))
  let isBroken = false
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let state: 'idle' | 'running' | 'again' | 'closed' = 'idle'

  function seen(event: string, path: string): void {
    // Not every change: a log file beside the sources changes with each message about what is broken.
    if (followed.has(path) || (isBroken && event === 'rename')) schedule()
  }

  function schedule(): void {
    if (state === 'closed') return
    clearTimeout(timer)
    timer = setTimeout(() => void run(), SETTLE_MS)
  }

  /** Folders may have come and gone, so all are watched anew; what changed before that is found by its time. */
  function follow(startedMs: number): void {
    for (const watcher of watchers) watcher.close()
    const folders = [...new Set([...followed].map((file) => nearestFolder(dirname(file))))]
    watchers = folders.map((folder) => watchFolder(folder, seen))
    // What was missing may have come while it was looked for: its folder has changed since.
    const paths = isBroken ? [...followed, ...folders] : [...followed]
    if (paths.some((path) => changedAfter(path, startedMs))) schedule()
  }

  async function run(): Promise<void> {
    if (state !== 'idle') {
      if (state === 'running') state = 'again'
      return
    }
    state = 'running'
    const startedMs = Date.now()
    const next = await onChange()
    if (isClosed()) return
    isBroken = next === undefined
    if (next !== undefined) followed = new Set(next.map((file) => resolve(file)))
    follow(startedMs)
    const again = needsAnother()
    state = 'idle'
    if (again) await run()
  }

  // The state changes while `run` waits, which the compiler cannot see.
  const isClosed = (): boolean => state === 'closed'
  const needsAnother = (): boolean => state === 'again'

  follow(sinceMs)
  return {
    [Symbol.dispose]() {
      state = 'closed'
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function watchFolder(folder: string, seen: (event: string, path: string) => void): FSWatcher {
  const watcher = watch(folder, (event, name) => {
    if (name !== null) seen(event, resolve(folder, name))
  })
  // A folder that goes away; the files in it went first, and that was seen.
  watcher.on('error', () => watcher.close())
  return watcher
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder))
}

function changedAfter(path: string, timeMs: number): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > timeMs
}
