import type { ExecutionError } from '../../../src/server/api/execution-shapes.ts'
import type { CodeMarker } from '../editor/markers.ts'
import { Notice } from '../ui/notice.tsx'

/** What went wrong in a run, and where. */
export function RunError({ error }: { readonly error: ExecutionError }) {
  return (
    <Notice kind="error">
      <strong>{titleOf(error)}</strong> {error.message}
      {error.line === null ? null : <div>{placeOf(error.line, error.column)}</div>}
      {error.stack === null ? null : (
        <details>
          <summary>Stack</summary>
          <pre>{error.stack}</pre>
        </details>
      )}
    </Notice>
  )
}

/** For the editor that shows the code. */
export function markersOf(error: ExecutionError | null | undefined): readonly CodeMarker[] {
  if (error === null || error === undefined || error.line === null) return []
  return [{ line: error.line, column: error.column, message: `${titleOf(error)} ${error.message}` }]
}

function titleOf({ code, name }: ExecutionError): string {
  return `${name ?? code}:`
}

function placeOf(line: number, column: number | null): string {
  return column === null ? `Line ${line}` : `Line ${line}, column ${column}`
}
