// Which file answers for a path. HTML files answer at paths without their ending: `/page.html` at `/page`, and
// `/folder/index.html` at `/folder/`; the other spellings are redirected there.
// https://developers.cloudflare.com/workers/static-assets/routing/advanced/html-handling/ ("auto-trailing-slash")
import type { AssetFile, Assets } from '../../assets.ts'

export type FoundAsset =
  | { readonly type: 'file'; readonly status: 200 | 404; readonly path: string; readonly file: AssetFile }
  | { readonly type: 'redirect'; readonly path: string }

type Files = Assets['files']

export function findAsset(files: Files, path: string): FoundAsset | undefined {
  const exact = fileAt(files, path, 200)
  if (exact !== undefined && !path.endsWith('.html')) return exact
  for (const { canonical, html } of htmlFilesFor(path)) {
    const file = fileAt(files, html, 200)
    if (file === undefined) continue
    if (path === canonical) return file
    // Not where a file without an ending has the name.
    if (!Object.hasOwn(files, canonical)) return { type: 'redirect', path: canonical }
  }
  return exact
}

/** What stands in for a file that is not there. */
export function findFallback({ files, notFound }: Assets, path: string): FoundAsset | undefined {
  switch (notFound) {
    case 'none':
      return undefined
    case 'single-page-application':
      return fileAt(files, '/index.html', 200)
    case '404-page':
      return nearestNotFoundPage(files, path)
  }
}

/** From the folder of the path upwards. */
function nearestNotFoundPage(files: Files, path: string): FoundAsset | undefined {
  for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    const page = fileAt(files, `${path.slice(0, end)}/404.html`, 404)
    if (page !== undefined || end === 0) return page
  }
  return undefined
}

interface HtmlFile {
  readonly html: string
  /** Where it answers. */
  readonly canonical: string
}

/** The HTML files a path may mean, the likelier first. */
function htmlFilesFor(path: string): readonly HtmlFile[] {
  const isFolder = path.endsWith('/')
  const plain = isFolder ? path.slice(0, -1) : withoutEnding(path, '.html')
  const stem = isFolder ? plain : withoutEnding(plain, '/index')
  const folder = { html: `${stem}/index.html`, canonical: `${stem}/` }
  const page = { html: `${stem}.html`, canonical: stem }
  return isFolder || stem !== plain ? [folder, page] : [page, folder]
}

function withoutEnding(path: string, ending: string): string {
  return path.endsWith(ending) ? path.slice(0, -ending.length) : path
}

function fileAt(files: Files, path: string, status: 200 | 404): Extract<FoundAsset, { type: 'file' }> | undefined {
  const file = Object.hasOwn(files, path) ? files[path] : undefined
  return file === undefined ? undefined : { type: 'file', status, path, file }
}
