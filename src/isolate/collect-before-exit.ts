// isolated-vm forgets the thread's environment when Node cleans up at the end of a process, and aborts the process if V8
// collects one of its objects after that. So nothing of it may be garbage by then.

let isSet = false

/** To be called before the first object of isolated-vm is made. Does nothing in a process without `--expose-gc`. */
export function collectBeforeExit(): void {
  if (isSet) return
  isSet = true
  // What is still reachable stays so: Node lets go of the script's objects only with the isolate itself.
  process.on('exit', () => void globalThis.gc?.())
}
