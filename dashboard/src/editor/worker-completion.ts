// Completion of names: the worker's API from its table, members from the browser's object of the same name.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { completionPath, javascriptLanguage, scopeCompletionSource } from '@codemirror/lang-javascript'
import type { Extension } from '@codemirror/state'
import { INPUT, WORKER_API } from './worker-api.ts'

const LANGUAGE_OBJECTS = [
  'Array',
  'Date',
  'Intl',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Set',
  'String',
]

const OPTIONS: readonly Completion[] = [
  ...[INPUT, ...WORKER_API].map(({ detail, kind, name }) => ({ label: name, type: kind, detail })),
  ...LANGUAGE_OBJECTS.map((label) => ({ label, type: 'class' })),
]

/** No name of the page's own, such as `document`, is among them. */
const SCOPE = Object.fromEntries(
  [...LANGUAGE_OBJECTS, ...WORKER_API.map(({ name }) => name)].flatMap((name) =>
    name in globalThis ? [[name, (globalThis as Readonly<Record<string, unknown>>)[name]]] : [],
  ),
)
const members = scopeCompletionSource(SCOPE)

function complete(context: CompletionContext): CompletionResult | null {
  const path = completionPath(context)
  if (path === null) return null
  if (path.path.length > 0) return members(context) as CompletionResult | null
  if (path.name === '' && !context.explicit) return null
  return { from: context.pos - path.name.length, options: OPTIONS, validFor: /^[\w$]*$/ }
}

export const workerCompletion: Extension = javascriptLanguage.data.of({ autocomplete: complete })
