// What both sides of a compression stream know of it. The guest gives it input in slices and takes output in pieces.

/** The most input of one call. */
export const SLICE_BYTES: number = 64 * 1024
/** A piece of output that is no shorter may have another after it; a shorter one is the last of its input. */
export const FULL_PIECE_BYTES: number = 64 * 1024
