// Resident memory of this process, in bytes. Node opens a file to read it: with no descriptor left that throws, and would
// end a host because of its connections. Then it is what it was last.
let lastBytes = 0

export function residentBytes(): number {
  try {
    lastBytes = process.memoryUsage.rss()
  } catch {
    // The next look tells.
  }
  return lastBytes
}
