import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in Error.prepareStackTrace, set in every way there is',
  source: handler(`const loop = () => { for (;;); }
    try { Error.prepareStackTrace = loop } catch {}
    try { Object.defineProperty(Error, 'prepareStackTrace', { value: loop }) } catch {}
    try { Object.setPrototypeOf(Error, { prepareStackTrace: loop }) } catch {}
    try { TypeError.prepareStackTrace = loop; RangeError.prepareStackTrace = loop } catch {}
    Promise.reject(new Error('a'))
    throw new Error('b')`),
  expect: { endings: ['exception', 'exceededCpu', 'recycled'], host: 'survives' },
}
