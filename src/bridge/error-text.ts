// A thrown value crosses as text, made inside the guest: "name\nmessage\nstack". No tenant object crosses as an object.

export interface ErrorText {
  readonly name: string
  readonly message: string
  readonly stack: string
}

/** Newlines in a name or message would shift the fields, so each field but the last is JSON. */
export function packError(error: ErrorText): string {
  return `${JSON.stringify(error.name)}\n${JSON.stringify(error.message)}\n${error.stack}`
}

export function unpackError(text: string): ErrorText {
  const nameEnd = text.indexOf('\n')
  const messageEnd = text.indexOf('\n', nameEnd + 1)
  if (nameEnd < 0 || messageEnd < 0) return { name: 'Error', message: text, stack: '' }
  return {
    name: String(JSON.parse(text.slice(0, nameEnd))),
    message: String(JSON.parse(text.slice(nameEnd + 1, messageEnd))),
    stack: text.slice(messageEnd + 1),
  }
}
