// The folders that are run, in the order of the table, and the bars they must reach.

export interface Folder {
  /** Path in the checkout; folders below it belong to it unless they are listed themselves. */
  readonly path: string
  /** Share of subtests that must pass, 0 to 1. Beside it every folder must pass as many as Node does (`--compare`). */
  readonly atLeast?: number
}

export const FOLDERS: readonly Folder[] = [
  { path: 'url' },
  { path: 'urlpattern', atLeast: 0.98 },
  { path: 'encoding' },
  { path: 'streams' },
  { path: 'compression' },
  { path: 'dom/abort', atLeast: 1 },
  { path: 'dom/events', atLeast: 1 },
  { path: 'html/webappapis/timers', atLeast: 1 },
  { path: 'html/webappapis/microtask-queuing', atLeast: 1 },
  { path: 'html/webappapis/atob', atLeast: 1 },
  { path: 'html/webappapis/structured-clone', atLeast: 1 },
  { path: 'FileAPI/blob', atLeast: 1 },
  { path: 'FileAPI/file', atLeast: 1 },
  { path: 'FileAPI' },
  { path: 'xhr/formdata', atLeast: 1 },
  { path: 'fetch/data-urls' },
  { path: 'fetch/api/headers' },
  { path: 'fetch/api/request' },
  { path: 'fetch/api/response' },
  { path: 'fetch/api/body' },
  { path: 'fetch/api/basic' },
  { path: 'fetch/api/redirect' },
  { path: 'fetch/api/abort' },
  { path: 'fetch/api' },
  { path: 'hr-time' },
  { path: 'console', atLeast: 1 },
  { path: 'webidl' },
  { path: 'webmessaging' },
  { path: 'WebCryptoAPI', atLeast: 0.995 },
  { path: 'websockets' },
  { path: 'eventsource' },
  { path: 'wasm' },
]

/** A bar over several folders. */
export const TOGETHER: { readonly path: string; readonly atLeast: number } = { path: 'fetch/api', atLeast: 0.9 }

/** The folder of {@link FOLDERS} a file is counted in: the one that names most of its path. */
export function folderOf(file: string): Folder | undefined {
  return FOLDERS.filter(({ path }) => file.startsWith(`${path}/`)).toSorted((a, b) => b.path.length - a.path.length)[0]
}
