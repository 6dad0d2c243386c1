// What a perfect LRU cache would do with a sequence of keys; the yardstick for the pool's own hit rate.

/** Hits of an LRU cache of `capacity`, as a share of the keys from `from` on; those before fill the cache. */
export function lruHitRate(
  keys: ArrayLike<number>,
  options: { readonly capacity: number; readonly from: number },
): number {
  const cached = new Set<number>()
  let hits = 0
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? 0
    if (cached.delete(key)) {
      if (index >= options.from) hits += 1
    } else if (cached.size === options.capacity) {
      for (const oldest of cached) {
        cached.delete(oldest)
        break
      }
    }
    cached.add(key)
  }
  return hits / (keys.length - options.from)
}
