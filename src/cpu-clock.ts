// CPU time as the kernel counts it: of the calling thread, and of all others of the process. Each reading takes 1.6 µs.
//
// Linux brings a thread's own account up to date only at its ticks, up to 4 ms apart, when asked for that thread alone; asked for the
// whole process, it does so at once. So the process is asked first. What other threads are in the midst of counts up to
// their last tick; what they have done before they went to sleep is counted exactly.

/** CPU time of this thread so far, in microseconds. */
export function threadCpuUs(): number {
  process.cpuUsage()
  return total(process.threadCpuUsage())
}

/** CPU time of all threads but this one so far, in microseconds. */
export function otherThreadsCpuUs(): number {
  const processUs = total(process.cpuUsage())
  return processUs - total(process.threadCpuUsage())
}

function total({ user, system }: { readonly user: number; readonly system: number }): number {
  return user + system
}
