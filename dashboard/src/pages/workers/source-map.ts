// The files a version was made of, as far as its source map holds them. Nobody has checked that map: it is what somebody
// deployed.

export interface SourceFile {
  readonly name: string
  readonly text: string
}

export function sourceFilesOf(sourceMap: string | null): readonly SourceFile[] {
  const map = parse(sourceMap ?? '')
  const names: unknown = map['sources']
  const texts: unknown = map['sourcesContent']
  if (!Array.isArray(names) || !Array.isArray(texts)) return []
  return names.flatMap((name: unknown, place) => {
    const text: unknown = texts[place]
    return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : []
  })
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
