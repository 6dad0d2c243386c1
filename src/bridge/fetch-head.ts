// The head of a response to a worker's own fetch, as one string. The URL and the reason phrase hold no newline.

export interface FetchHead {
  readonly status: number
  readonly redirected: boolean
  /** Number of the source that holds the body; 0 for none. */
  readonly source: number
  readonly url: string
  readonly statusText: string
}

export function packFetchHead(head: FetchHead): string {
  return `${head.status}\n${head.redirected ? 1 : 0}\n${head.source}\n${head.url}\n${head.statusText}`
}

/** Written without iteration: the guest uses it after tenant code may have replaced the array iterator. */
export function unpackFetchHead(text: string): FetchHead {
  let start = 0
  const field = (): string => {
    let end = start
    while (end < text.length && text[end] !== '\n') end += 1
    let value = ''
    for (let i = start; i < end; i++) value += text[i]
    start = end + 1
    return value
  }
  return {
    status: +field(),
    redirected: field() === '1',
    source: +field(),
    url: field(),
    statusText: field(),
  }
}
