// multipart/form-data, both ways.
import { utf8Decode, utf8DecodeWithoutBom, utf8Encode } from '../encoding/utf8.ts'
import { blobContent } from '../file/blob.ts'
import { makeFile } from '../file/file.ts'
import {
  ArrayPrototypePush,
  MathFloor,
  MathRandom,
  NumberPrototypeToString,
  RegExpPrototypeExec,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypePadStart,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeIndexOf,
  TypedArrayPrototypeSet,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { appendEntry, FormData, formEntries } from './form-data.ts'
