// Text of tenants on a terminal, which obeys what is written to it: control characters are shown, not sent.

/** C0 and C1 controls but tab and line feed, and what reorders a line or is taken for a line break by some. */
// oxlint-disable-next-line no-control-regex -- these are what it is for
const UNPRINTABLE = /[\0-\b\v-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function show(character: string): string {
  const code = character.charCodeAt(0)
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
}

export function terminalText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, show)
}
