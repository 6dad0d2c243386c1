// A version as JSON: what it holds as bytes becomes base64. Also the form in which the admin API takes bundles.
import { IsopodError } from '../errors.ts'
import type { Bundle, Part, Version } from '../version.ts'

type PartText =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'data' | 'wasm'; readonly base64: string }

export interface BundleText {
  readonly script: string
  readonly parts: Readonly<Record<string, PartText>>
  readonly sourceMap?: string
}

export type VersionText = Omit<Version, 'bundle'> & { readonly bundle: BundleText }

export function packBundle({ parts, ...bundle }: Bundle): BundleText {
  const packed: Record<string, PartText> = {}
  for (const [name, part] of Object.entries(parts)) packed[name] = packPart(part)
  return { ...bundle, parts: packed }
}

function packPart(part: Part): PartText {
  if (part.type === 'text') return part
  const { buffer, byteOffset, byteLength } = part.bytes
  return { type: part.type, base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
}

/** @throws IsopodError `INVALID_BUNDLE` where it has not the form; whether it is a bundle `assertVersion` finds out */
export function unpackBundle(text: BundleText): Bundle {
  if (typeof text?.parts !== 'object' || text.parts === null) {
    throw new IsopodError('INVALID_BUNDLE', 'The bundle has no parts; an empty object stands for none.')
  }
  const parts: Record<string, Part> = {}
  for (const [name, part] of Object.entries(text.parts)) {
    if (part?.type === 'text') parts[name] = part
    else if (typeof part?.base64 === 'string') {
      parts[name] = { type: part.type, bytes: new Uint8Array(Buffer.from(part.base64, 'base64')) }
    } else throw new IsopodError('INVALID_BUNDLE', `The part "${name}" of the bundle has no content.`)
  }
  return { ...text, parts }
}

export function packVersion(version: Version): VersionText {
  return { ...version, bundle: packBundle(version.bundle) }
}

/** @throws IsopodError `INVALID_BUNDLE` */
export function unpackVersion(text: VersionText): Version {
  return { ...text, bundle: unpackBundle(text.bundle) }
}
