// Rules of a project about which files are parts, in the terms of imports: a file that one applies to gets the query that an
// import could have given it.
import { matchesGlob } from 'node:path'
import type { PartRule } from '../version.ts'

const QUERIES: Readonly<Record<PartRule['type'], string>> = { text: '?text', data: '?data', wasm: '?module' }

/** @param file - from the project's folder, with "/" */
export function queryByRule(file: string, rules: readonly PartRule[]): string {
  const rule = rules.find(({ globs }) => globs.some((glob) => matchesGlob(file, wholePath(glob))))
  return rule === undefined ? '' : QUERIES[rule.type]
}

/** `*.svg` is such a file in any folder. */
function wholePath(glob: string): string {
  const plain = glob.replace(/^\.\//, '')
  return plain.includes('/') ? plain : `**/${plain}`
}
