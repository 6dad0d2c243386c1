// https://w3c.github.io/FileAPI/#file-section
import { currentTime } from '../clock.ts'
import { NumberIsFinite, MathTrunc, ReflectDeleteProperty } from '../primordials.ts'
import { requireArguments, toDictionary, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { Blob, type BlobContent, type BlobOptions, FROM_CONTENT } from './blob.ts'

interface FileOptions extends BlobOptions {
  lastModified?: number
}

interface FileDetails {
  readonly name: string
  readonly lastModified: number
}

export class File extends Blob {
  readonly #details: FileDetails

  constructor(parts: unknown, name: string, options?: FileOptions) {
    requireArguments(arguments.length, 2, 'File')
    super(toParts(parts), options)
    const text = toUSVString(name)
    const { lastModified } = toDictionary(options, 'The options of File')
    this.#details = { name: text, lastModified: lastModified === undefined ? currentTime() : toLongLong(lastModified) }
  }

  get name(): string {
    return this.#details.name
  }

  get lastModified(): number {
    return this.#details.lastModified
  }

  static detailsOf(value: unknown): FileDetails | undefined {
    return typeof value === 'object' && value !== null && #details in value ? value.#details : undefined
  }
}

/** What makes a blob a file; undefined for anything else. */
export const { detailsOf: fileDetails } = File
ReflectDeleteProperty(File, 'detailsOf')
defineInterface(File, 'File', { constructor: 2 })

/** A file of the same bytes as the content, without a copy of them. */
export function makeFile(content: BlobContent, details: { name: string; lastModified?: number | undefined }): File {
  const { lastModified, name } = details
  return new File(FROM_CONTENT, name, { ...content, lastModified: lastModified ?? currentTime() } as FileOptions)
}

/** Undefined is no default here, as it is for Blob. */
function toParts(parts: unknown): unknown {
  return parts === undefined ? null : parts
}

function toLongLong(value: unknown): number {
  const number = +(value as number)
  return NumberIsFinite(number) ? MathTrunc(number) + 0 : 0
}
