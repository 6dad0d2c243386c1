// A folder for one test: `using dir = tmpDir({ 'src/index.ts': '…' })`.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TmpDir {
  /** Real path: messages and maps are compared against it. */
  readonly path: string
  write(files: Readonly<Record<string, string | Uint8Array>>): void
  [Symbol.dispose](): void
}

export function tmpDir(files: Readonly<Record<string, string | Uint8Array>> = {}): TmpDir {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'isopod-test-')))
  const dir: TmpDir = {
    path,
    write(more) {
      for (const [name, content] of Object.entries(more)) {
        const file = join(path, name)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, content)
      }
    },
    [Symbol.dispose]() {
      rmSync(path, { recursive: true, force: true })
    },
  }
  dir.write(files)
  return dir
}
