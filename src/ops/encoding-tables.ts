// The tables of East Asia's encodings, for guests that decode one. They are 150 KB that few programs need, so no guest
// carries them; a copy crosses when an instance first asks.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUILD_FOLDER } from '../programs.ts'

let tables: string | undefined

/** JSON, in the form of @exodus/bytes, which reads it in the guest. */
export function encodingTables(): string {
  tables ??= readFileSync(join(BUILD_FOLDER, 'encoding-tables.json'), 'utf8')
  return tables
}
