// Whom hosts run as where the supervisor was started as root.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { IsopodError } from '../../errors.ts'
import type { HostUser } from './sandbox.ts'

/** By number on a machine that has no accounts, as a container may be. */
export const DEFAULT_HOST_USER = 'nobody'
const NOBODY: HostUser = { uid: 65534, gid: 65534 }

/**
 * `name` may be a uid as well; one without an account has a group of the same number.
 * @throws IsopodError `INVALID_OPTION`
 */
export async function findHostUser(name: string): Promise<HostUser> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => ask(flag, name)))
  if (uid !== undefined && gid !== undefined) return { uid, gid }
  if (name === DEFAULT_HOST_USER) return NOBODY
  if (/^\d{1,9}$/.test(name)) return { uid: Number(name), gid: Number(name) }
  throw new IsopodError('INVALID_OPTION', `hosts cannot run as "${name}": this machine has no such user`)
}

/** By the system's own program, since accounts need not be in /etc/passwd. */
async function ask(flag: string, name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, '--', name], { env: { PATH: '/usr/bin:/bin' } })
    return Number(stdout)
  } catch {
    return undefined
  }
}
