// CodeMirror in the colours of the page, which follow light and dark by themselves.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const SYNTAX = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.self], color: 'var(--chart-4)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--chart-3)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--chart-2)' },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'var(--chart-5)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--chart-1)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

const SURFACE = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '13px' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--panel)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--plain-soft)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--plain-soft)', outline: '1px solid var(--line)' },
  '.cm-tooltip': { color: 'var(--text)', backgroundColor: 'var(--panel)', border: '1px solid var(--line)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--on-accent)',
    backgroundColor: 'var(--accent)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'var(--muted)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--bad)' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--bad)' },
})

export const editorColours: Extension = [SURFACE, syntaxHighlighting(SYNTAX)]
