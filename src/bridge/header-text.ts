// Header lists cross as one string: name, newline, value, newline, … Neither names nor values can hold a newline.
import type { HeaderList } from '../task.ts'

export function packHeaders(headers: HeaderList): string {
  let text = ''
  for (const [name, value] of headers) text += `${name}\n${value}\n`
  return text
}

export function unpackHeaders(text: string): [name: string, value: string][] {
  const headers: [string, string][] = []
  let start = 0
  while (start < text.length) {
    const nameEnd = text.indexOf('\n', start)
    const valueEnd = nameEnd < 0 ? -1 : text.indexOf('\n', nameEnd + 1)
    if (valueEnd < 0) break
    headers.push([text.slice(start, nameEnd), text.slice(nameEnd + 1, valueEnd)])
    start = valueEnd + 1
  }
  return headers
}
