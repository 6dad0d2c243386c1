// Which of the known names somebody may have meant.

/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1))
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? Infinity) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[to.length] ?? 0
}

/** `compatibilityFlags` is as near to `compatibility_flags` as can be. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** The known name that differs by a third of its letters at most, and least of all; or that goes on where the name ends. */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Infinity
  for (const candidate of known) {
    const goesOn = name.length >= 3 && plain(candidate).startsWith(plain(name))
    const distance = goesOn ? 1 : editDistance(plain(name), plain(candidate))
    const isNear = goesOn || distance <= Math.max(name.length, candidate.length) / 3
    if (isNear && distance < least) [nearest, least] = [candidate, distance]
  }
  return nearest
}
