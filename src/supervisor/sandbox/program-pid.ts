// bubblewrap stays beside the program: the command's process, then an init in the new pid namespace, then the program.
import { readFileSync } from 'node:fs'

export function pidThroughBubblewrap(commandPid: number): number | undefined {
  const init = onlyChild(commandPid)
  return init === undefined ? undefined : onlyChild(init)
}

function onlyChild(pid: number): number | undefined {
  try {
    const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return child === '' ? undefined : Number(child)
  } catch {
    return undefined
  }
}
