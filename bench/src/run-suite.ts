// Runs one suite in a process of its own, with the engine's flags, and sends what it measured to the parent: no suite
// inherits another's heap or compiled code, and one that crashes takes no other with it.
import { SUITES } from './suites/all.ts'

const [name = '', pace] = process.argv.slice(2)
const suite = SUITES[name]
if (suite === undefined) throw new Error(`no suite is called "${name}"`)
const measurements = await suite({ quick: pace === 'quick' })
// Disposing isolates goes on in threads; leaving while it does can crash, and nothing is lost by not waiting for it.
process.send?.(measurements, () => process.kill(process.pid, 'SIGKILL'))
