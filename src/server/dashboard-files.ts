// The dashboard's pages, as they were built: a handful of files, read when the port opens. They hold nothing of the server's;
// what they show they ask of the API, with the token that somebody types in.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookup } from 'mrmime'
import { BUILD_FOLDER } from '../programs.ts'
import type { AdminServer } from './admin-server.ts'

interface PageFile {
  readonly content: Buffer
  readonly type: string
  readonly etag: string
}

/** Nothing from elsewhere, and no other page around it. Editors and charts set styles of their own. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Paths → files; the page itself is `/`. */
function readFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(BUILD_FOLDER, 'dashboard')
  const files = new Map<string, PageFile>()
  if (!existsSync(folder)) return files
  for (const path of globSync('{*.*,assets/*}', { cwd: folder })) {
    const content = readFileSync(join(folder, path))
    const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
    const type = lookup(path) ?? 'application/octet-stream'
    const isText = type.startsWith('text/') || type === 'image/svg+xml'
    files.set(path === 'index.html' ? '/' : `/${path}`, {
      content,
      etag,
      type: isText ? `${type}; charset=utf-8` : type,
    })
  }
  return files
}

/** Answered before it is asked who is there: who has no token yet has to see where to type it. */
export function addDashboard(app: AdminServer): void {
  const files = readFiles()
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return
    const [path = ''] = request.url.split('?', 1)
    const file = files.get(path)
    if (file === undefined) return
    reply.headers({
      'content-type': file.type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag: file.etag,
      // Names of what lies in `assets/` change with their content.
      'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.send(request.method === 'HEAD' ? undefined : file.content)
  })
}
