// A file's text, in colours, to read or to edit.
import { useEffect, useRef } from 'react'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

interface CodeViewProps {
  /** Of the file: a label for those who do not see it. */
  readonly name: string
  /** What it begins with; another text is another view (`key`). */
  readonly text: string
  /** Told what it has become; read only unless given. */
  readonly onChange?: (text: string) => void
}

const COLORS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--chart-4)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--chart-2)' },
  { tag: [tags.typeName, tags.className, tags.function(tags.variableName)], color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

const LOOK = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--panel)', color: 'var(--text)' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
})

export function CodeView({ name, onChange, text }: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const changed = useRef(onChange)
  changed.current = onChange
  const isEditable = onChange !== undefined
  useEffect(() => {
    if (place.current === null) return undefined
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          bracketMatching(),
          javascript({ typescript: true, jsx: name.endsWith('x') }),
          syntaxHighlighting(COLORS),
          LOOK,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
          isEditable
            ? [
                history(),
                // Tab leads on, as everywhere: who edits with the keyboard has to get out again.
                keymap.of([...defaultKeymap, ...historyKeymap]),
                EditorView.updateListener.of(({ docChanged, state }) => {
                  if (docChanged) changed.current?.(state.doc.toString())
                }),
              ]
            : [EditorState.readOnly.of(true), EditorView.editable.of(false)],
        ],
      }),
    })
    return () => view.destroy()
  }, [name, text, isEditable])
  return <div ref={place} className="workers-code" />
}
