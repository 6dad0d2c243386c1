// How much memory the isolate may use, as the host says with the load. Until then, and in a cache's warm-up, the default.

export let heapLimitMb = 50

export function setHeapLimit(mb: number): void {
  heapLimitMb = mb
}
