// A button for what is not easily undone: it asks before.
import { useId, useRef } from 'react'

interface ConfirmButtonProps {
  readonly label: string
  /** Where several buttons have the same label: which one it is. */
  readonly accessibleName?: string
  readonly question: string
  readonly disabled?: boolean
  readonly onConfirm: () => void
}

export function ConfirmButton({ accessibleName, disabled = false, label, onConfirm, question }: ConfirmButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <>
      <button type="button" disabled={disabled} aria-label={accessibleName} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} className="confirm" aria-labelledby={id}>
        <p id={id}>{question}</p>
        <div className="row">
          <button
            type="button"
            className="primary"
            onClick={() => {
              dialog.current?.close()
              onConfirm()
            }}
          >
            {label}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </dialog>
    </>
  )
}
