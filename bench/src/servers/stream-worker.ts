// A body of many megabytes, made piece by piece as it is read: the same for every runtime.

export const STREAM_BYTES: number = 100 * 1024 * 1024
export const PIECE_BYTES: number = 64 * 1024

export const STREAM_WORKER: string = `const piece = new Uint8Array(${PIECE_BYTES}).fill(65)
export default {
  fetch() {
    let left = ${STREAM_BYTES / PIECE_BYTES}
    return new Response(new ReadableStream({
      pull(controller) {
        controller.enqueue(piece.slice())
        left -= 1
        if (left === 0) controller.close()
      },
    }))
  },
}
`
