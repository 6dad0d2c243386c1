// https://xhr.spec.whatwg.org/#interface-formdata
import { type Blob, blobContent, isBlob } from '../file/blob.ts'
import { type File, fileDetails, makeFile } from '../file/file.ts'
import { removeAt } from '../list.ts'
import { ArrayPrototypePush, ReflectDeleteProperty, TypeErrorConstructor } from '../primordials.ts'
import { requireArguments, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { definePairIterable } from '../webidl/pair-iterable.ts'

export type FormDataValue = string | File
type Entry = readonly [name: string, value: FormDataValue]

export class FormData {
  readonly #entries: Entry[] = []

  /** Forms are elements of documents, which there are none of here. */
  constructor(form?: undefined) {
    if (form !== undefined) throw new TypeErrorConstructor('FormData takes no form element here.')
  }

  append(name: string, value: string | Blob, filename?: string): void {
    const entries = this.#entries
    requireArguments(arguments.length, 2, 'FormData.append')
    ArrayPrototypePush(entries, toEntry({ name, value, filename, hasFilename: arguments.length > 2 }))
  }

  delete(name: string): void {
    const entries = this.#entries
    requireArguments(arguments.length, 1, 'FormData.delete')
    removeFrom(entries, toUSVString(name), 0)
  }

  get(name: string): FormDataValue | null {
    const entries = this.#entries
    requireArguments(arguments.length, 1, 'FormData.get')
    const index = indexOfName(entries, toUSVString(name))
    return index === -1 ? null : (entries[index] as Entry)[1]
  }

  getAll(name: string): FormDataValue[] {
    const entries = this.#entries
    requireArguments(arguments.length, 1, 'FormData.getAll')
    const wanted = toUSVString(name)
    const values: FormDataValue[] = []
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as Entry
      if (entry[0] === wanted) ArrayPrototypePush(values, entry[1])
    }
    return values
  }

  has(name: string): boolean {
    const entries = this.#entries
    requireArguments(arguments.length, 1, 'FormData.has')
    return indexOfName(entries, toUSVString(name)) !== -1
  }

  set(name: string, value: string | Blob, filename?: string): void {
    const entries = this.#entries
    requireArguments(arguments.length, 2, 'FormData.set')
    const entry = toEntry({ name, value, filename, hasFilename: arguments.length > 2 })
    const index = indexOfName(entries, entry[0])
    if (index === -1) {
      ArrayPrototypePush(entries, entry)
      return
    }
    entries[index] = entry
    removeFrom(entries, entry[0], index + 1)
  }

  static entriesOf(value: unknown): Entry[] | undefined {
    return typeof value === 'object' && value !== null && #entries in value ? value.#entries : undefined
  }
}

const { entriesOf } = FormData
ReflectDeleteProperty(FormData, 'entriesOf')
defineInterface(FormData, 'FormData', { append: 2, constructor: 0, set: 2 })
definePairIterable<FormData>(FormData, 'FormData', { pairs: formEntries })

export function isFormData(value: unknown): value is FormData {
  return entriesOf(value) !== undefined
}

/** The live list of entries. */
export function formEntries(form: FormData): readonly Entry[] {
  return liveEntries(form)
}

export function appendEntry(form: FormData, name: string, value: FormDataValue): void {
  ArrayPrototypePush(liveEntries(form), [name, value] as const)
}

function liveEntries(form: FormData): Entry[] {
  const entries = entriesOf(form)
  if (entries === undefined) throw new TypeErrorConstructor('Illegal invocation: this is no FormData.')
  return entries
}

interface EntryArguments {
  readonly name: unknown
  readonly value: unknown
  readonly filename: unknown
  readonly hasFilename: boolean
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#create-an-entry */
function toEntry({ name, value, filename, hasFilename }: EntryArguments): Entry {
  const text = toUSVString(name)
  if (!isBlob(value)) {
    if (hasFilename) throw new TypeErrorConstructor('Only a Blob can have a file name.')
    return [text, toUSVString(value)]
  }
  if (filename !== undefined) return [text, namedFile(value, toUSVString(filename))]
  return [text, fileDetails(value) === undefined ? namedFile(value, 'blob') : (value as File)]
}

function namedFile(blob: Blob, name: string): File {
  return makeFile(blobContent(blob), { name, lastModified: fileDetails(blob)?.lastModified })
}

function indexOfName(entries: readonly Entry[], name: string): number {
  for (let i = 0; i < entries.length; i++) if ((entries[i] as Entry)[0] === name) return i
  return -1
}

function removeFrom(entries: Entry[], name: string, from: number): void {
  for (let i = entries.length - 1; i >= from; i--) {
    if ((entries[i] as Entry)[0] === name) removeAt(entries, i)
  }
}
