// A seeded generator, so that two runs send the same traffic.

/** Numbers in [0, 1) with 53 random bits, always the same for a seed (algorithm: sfc32). */
export function seededRandom(seed: number): () => number {
  let a = seed | 0
  let b = 0x9e3779b9 | 0
  let c = 0x243f6a88 | 0
  let counter = 1
  const next32 = (): number => {
    const result = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  // The first outputs still show how alike two seeds are.
  for (let round = 0; round < 16; round += 1) next32()
  return () => ((next32() >>> 5) * 0x4000000 + (next32() >>> 6)) / 2 ** 53
}
