// CodeMirror as a component. The document is CodeMirror's own: `value` is what it begins with, and replaces it only when it is
// another text than the editor has.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import './editor.css'
import { editorColours } from './editor-colours.ts'
import { type CodeMarker, diagnosticsOf } from './markers.ts'
import { workerCompletion } from './worker-completion.ts'

interface CodeEditorProps {
  /** Its accessible name. */
  readonly label: string
  readonly value: string
  readonly markers?: readonly CodeMarker[]
  /** Read only unless given. */
  readonly onChange?: (text: string) => void
  /** ⌘ or Ctrl with Enter. */
  readonly onRun?: () => void
}

const NO_MARKERS: readonly CodeMarker[] = []

export function CodeEditor({ label, markers = NO_MARKERS, onChange, onRun, value }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef({ onChange, onRun, value })
  latest.current = { onChange, onRun, value }
  const isReadOnly = onChange === undefined

  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const editor = new EditorView({
      parent: element,
      doc: latest.current.value,
      extensions: [
        // Before the default keys: Enter with Ctrl is a new line there.
        keymap.of([{ key: 'Mod-Enter', run: () => run(latest.current.onRun) }]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        lineNumbers(),
        lintGutter(),
        drawSelection(),
        bracketMatching(),
        EditorView.lineWrapping,
        javascript({ typescript: true }),
        editorColours,
        isReadOnly ? [EditorState.readOnly.of(true)] : writing(),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange?.(update.state.doc.toString())
        }),
      ],
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = undefined
    }
  }, [isReadOnly, label])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, markers)))
  }, [markers, isReadOnly, label])

  return (
    <>
      <div ref={place} className={isReadOnly ? 'code-editor code-editor-read' : 'code-editor'} />
      {isReadOnly ? null : (
        <p className="muted code-editor-hint">Tab indents. To leave the editor by keyboard press Esc, then Tab.</p>
      )}
    </>
  )
}

function writing(): Extension {
  return [
    history(),
    indentOnInput(),
    closeBrackets(),
    autocompletion(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    workerCompletion,
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
  ]
}

function run(action: (() => void) | undefined): boolean {
  action?.()
  return action !== undefined
}
