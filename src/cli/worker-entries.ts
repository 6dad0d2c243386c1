// Workers given as entry files: bundled, loaded, and followed as their files change.
import { bundleProject } from '../bundle/bundle-project.ts'
import type { Bundle, CompatibilityFlag } from '../version.ts'
import { reportError } from './report-error.ts'
import { watchFiles } from './watch-files.ts'
import type { EntryArgument } from './worker-name.ts'

/** Makes a bundle the version that answers for the worker. */
type Load = (worker: string, bundle: Bundle) => Promise<void>

interface HowToLoad {
  readonly load: Load
  /** For all entries; each project's own where not given. */
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
}

/** Bundles and loads all; then follows them, if told to. */
export async function serveEntries(
  entries: readonly EntryArgument[],
  { watch, ...how }: HowToLoad & { readonly watch: boolean },
): Promise<Disposable> {
  const sinceMs = Date.now()
  const files = await Promise.all(entries.map((entry) => loadEntry(entry, how)))
  const watchers = watch ? entries.map((entry, i) => followEntry(entry, how, { files: files[i] ?? [], sinceMs })) : []
  return {
    [Symbol.dispose]() {
      for (const watcher of watchers) watcher[Symbol.dispose]()
    },
  }
}

/** Returns the files to watch. */
async function loadEntry({ name, entry }: EntryArgument, how: HowToLoad): Promise<readonly string[]> {
  const { load, compatibilityFlags: flags } = how
  const options = flags === undefined ? { entry } : { entry, compatibilityFlags: flags }
  const { bundle, watchFiles: files, warnings } = await bundleProject(options)
  for (const warning of warnings) process.stderr.write(`${name}: ${warning}\n`)
  await load(name, bundle)
  return files
}

/** The version that runs goes on until the new one is ready, and if the new one is broken. */
function followEntry(
  entry: EntryArgument,
  how: HowToLoad,
  { files, sinceMs }: { readonly files: readonly string[]; readonly sinceMs: number },
): Disposable {
  const onChange = async (): Promise<readonly string[] | undefined> => {
    const startMs = performance.now()
    try {
      const next = await loadEntry(entry, how)
      process.stdout.write(`${entry.name}: reloaded in ${Math.round(performance.now() - startMs)} ms\n`)
      return next
    } catch (error) {
      reportError(error, { stack: false })
      process.stderr.write(`${entry.name}: the last good version goes on\n`)
      return undefined
    }
  }
  return watchFiles({ files, sinceMs, onChange })
}
