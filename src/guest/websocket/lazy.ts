// WebSockets on first use.
import { lazy } from '../lazy.ts'
import type * as websocketModule from './websocket.ts'

export const websockets: () => typeof websocketModule = lazy(() => require('./websocket.ts') as typeof websocketModule)
