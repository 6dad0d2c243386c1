// `node:async_hooks`: what is left of it in the web's world. There are no hooks; AsyncContext needs none.
import { AsyncLocalStorage } from './async/async-local-storage.ts'
import { AsyncResource } from './async/async-resource.ts'
import { carryFrames } from './async/carry-frames.ts'

carryFrames()

export { AsyncLocalStorage, AsyncResource }
export default { AsyncLocalStorage, AsyncResource }
