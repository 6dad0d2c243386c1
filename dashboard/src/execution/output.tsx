import { useState } from 'react'
import type { Json } from '../../../src/version.ts'

/** JSON as people read it. */
export function Output({ value }: { readonly value: Json }) {
  const text = JSON.stringify(value, undefined, 2)
  return (
    <div className="execution-output">
      <CopyButton text={text} />
      <pre role="region" aria-label="Output" tabIndex={0}>
        {text}
      </pre>
    </div>
  )
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string>()
  // Browsers give no clipboard to pages that came without TLS from another machine.
  if (navigator.clipboard === undefined) return null
  return (
    <button
      type="button"
      className="execution-copy"
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => setCopied(text))
      }}
    >
      {copied === text ? 'Copied' : 'Copy output'}
    </button>
  )
}
