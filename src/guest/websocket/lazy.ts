// WebSockets on first use.
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import type * as websocketModule from './websocket.ts'

export const websockets: () => typeof websocketModule = lazy(
  () => loadPart('websocket/websocket.ts') as typeof websocketModule,
)
