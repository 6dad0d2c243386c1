// Lines on a process's standard output or error that never make it wait. Node writes to pipes synchronously: a reader that
// stops reading would stop the process. Here what the reader does not take is kept up to a bound, and dropped beyond it.
import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'

const MAX_WAITING_BYTES = 1024 * 1024

export class BoundedOutput {
  readonly #stream: Writable
  #dropped = 0

  constructor(fd: 1 | 2) {
    this.#stream = openOutput(fd)
    // Whoever reads our output may stop before we do, as `head` does.
    this.#stream.on('error', () => undefined)
    this.#stream.on('drain', () => this.#tellDropped())
  }

  write(text: string | Uint8Array): void {
    if (this.#stream.writableLength > MAX_WAITING_BYTES) {
      this.#dropped += 1
      return
    }
    this.#stream.write(text)
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return
    const count = this.#dropped
    this.#dropped = 0
    this.#stream.write(`isopod: ${count} lines of output were dropped, because nobody read them\n`)
  }
}

function openOutput(fd: 1 | 2): Writable {
  const stats = fstatSync(fd)
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd, readable: false, writable: true })
  return fd === 1 ? process.stdout : process.stderr
}
