// Things that each come at a time, the earliest first: a heap that knows where each thing is, so that one which is
// taken out leaves nothing behind.

export class TickQueue<T> {
  readonly #heap: { readonly item: T; readonly atMs: number }[] = []
  readonly #places = new Map<T, number>()

  get earliestMs(): number | undefined {
    return this.#heap[0]?.atMs
  }

  /** In place of the time it had. */
  set(item: T, atMs: number): void {
    this.delete(item)
    this.#put({ item, atMs }, this.#heap.length)
    this.#rise(this.#heap.length - 1)
  }

  delete(item: T): void {
    const place = this.#places.get(item)
    if (place === undefined) return
    this.#places.delete(item)
    const last = this.#heap.pop()
    if (last === undefined || last.item === item) return
    this.#put(last, place)
    this.#rise(place)
    this.#sink(place)
  }

  /** Takes out what comes at that time or before, the earliest first. */
  take(untilMs: number): T[] {
    const taken: T[] = []
    for (let first = this.#heap[0]; first !== undefined && first.atMs <= untilMs; first = this.#heap[0]) {
      this.delete(first.item)
      taken.push(first.item)
    }
    return taken
  }

  #rise(from: number): void {
    let place = from
    while (place > 0) {
      const above = (place - 1) >> 1
      if (this.#atMs(above) <= this.#atMs(place)) return
      this.#swap(above, place)
      place = above
    }
  }

  #sink(from: number): void {
    let place = from
    for (;;) {
      const left = 2 * place + 1
      const earlier = this.#atMs(left + 1) < this.#atMs(left) ? left + 1 : left
      if (this.#atMs(earlier) >= this.#atMs(place)) return
      this.#swap(earlier, place)
      place = earlier
    }
  }

  #atMs(place: number): number {
    return this.#heap[place]?.atMs ?? Infinity
  }

  #swap(a: number, b: number): void {
    const atA = this.#heap[a]
    const atB = this.#heap[b]
    if (atA === undefined || atB === undefined) return
    this.#put(atA, b)
    this.#put(atB, a)
  }

  #put(entry: { readonly item: T; readonly atMs: number }, place: number): void {
    this.#heap[place] = entry
    this.#places.set(entry.item, place)
  }
}
