// URL.createObjectURL: names for blobs, which fetch() takes as addresses. https://w3c.github.io/FileAPI/#url
// Few programs do it: reach this module through a `lazy` accessor only.
import { type Blob, isBlob } from '../file/blob.ts'
import {
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  MathFloor,
  MathRandom,
  NumberPrototypeToString,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  TypeErrorConstructor,
} from '../primordials.ts'

/** There is no page, and so no origin. */
const PREFIX = 'blob:null/'

const blobs = new MapConstructor<string, Blob>()

export function createObjectUrl(blob: unknown): string {
  if (!isBlob(blob)) throw new TypeErrorConstructor('URL.createObjectURL needs a Blob.')
  let url: string
  do url = `${PREFIX}${makeUuid()}`
  while (MapPrototypeGet(blobs, url) !== undefined)
  MapPrototypeSet(blobs, url, blob)
  return url
}

export function revokeObjectUrl(url: string): void {
  MapPrototypeDelete(blobs, url)
}

/** @param url - serialized; a fragment does not count */
export function blobOfUrl(url: string): Blob | undefined {
  const hash = StringPrototypeIndexOf(url, '#')
  return MapPrototypeGet(blobs, hash === -1 ? url : StringPrototypeSlice(url, 0, hash))
}

/** Nobody but the program itself can use the name, so it need not be hard to guess. */
function makeUuid(): string {
  let text = ''
  for (let i = 0; i < 32; i++) {
    if (i === 8 || i === 12 || i === 16 || i === 20) text += '-'
    const digit = MathFloor(MathRandom() * 16)
    text += i === 12 ? '4' : NumberPrototypeToString(i === 16 ? (digit & 3) | 8 : digit, 16)
  }
  return text
}
