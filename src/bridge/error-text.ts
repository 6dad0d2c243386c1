// A thrown value crosses as text, made inside the guest. No tenant object crosses as an object.
// Format: name and message as JSON strings on a line each (either may hold newlines), then the stack as it is.

export interface ErrorText {
  readonly name: string
  readonly message: string
  readonly stack: string
}

/** What a tenant throws is written into logs and sent between processes, as often as it is thrown. In characters. */
const MAX_NAME = 256
const MAX_TEXT = 16 * 1024

/** `stringify` is the caller's own JSON.stringify: inside an isolate the global one may have been replaced. */
export function packErrorFields(error: ErrorText, stringify: (text: string) => string): string {
  return `${stringify(error.name)}\n${stringify(error.message)}\n${error.stack}`
}

/** Accepts any text: a guest that was tampered with must not be able to throw here. Long ones are cut. */
export function unpackError(text: string): ErrorText {
  const nameEnd = text.indexOf('\n')
  const messageEnd = text.indexOf('\n', nameEnd + 1)
  try {
    if (nameEnd < 0 || messageEnd < 0) throw new SyntaxError('fields missing')
    return {
      name: cut(String(JSON.parse(text.slice(0, nameEnd))), MAX_NAME),
      message: cut(String(JSON.parse(text.slice(nameEnd + 1, messageEnd))), MAX_TEXT),
      stack: cut(text.slice(messageEnd + 1), MAX_TEXT),
    }
  } catch {
    return { name: 'Error', message: cut(text, MAX_TEXT), stack: '' }
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
