// The file a URL names. Percent-encoding is undone once, segment by segment: what would change the number or the meaning of
// segments names no file at all.

export interface AssetTarget {
  /** As the version calls its files; a file there need not be. */
  readonly path: string
  /** With its question mark; empty where there is none. */
  readonly search: string
}

/** Undefined where the URL cannot name a file. */
export function assetTarget(url: string): AssetTarget | undefined {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  if (start < 0) return { path: '/', search: '' }
  const [target = ''] = url.slice(start).split('#', 1)
  const query = target.indexOf('?')
  const encoded = query < 0 ? target : target.slice(0, query)
  const path = decodePath(encoded)
  return path === undefined ? undefined : { path, search: query < 0 ? '' : target.slice(query) }
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function decodePath(encoded: string): string | undefined {
  const segments: string[] = []
  for (const segment of encoded.split('/')) {
    const decoded = decodeSegment(segment)
    if (decoded === undefined) return undefined
    segments.push(decoded)
  }
  return segments.join('/')
}

function decodeSegment(segment: string): string | undefined {
  try {
    // Refuses what is not UTF-8, overlong forms included.
    const decoded = segment.includes('%') ? decodeURIComponent(segment) : segment
    return decoded === '.' || decoded === '..' || /[/\\\0]/.test(decoded) ? undefined : decoded
  } catch {
    return undefined
  }
}
