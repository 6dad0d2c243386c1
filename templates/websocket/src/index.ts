interface ServerSocket extends WebSocket {
  /** Messages are delivered from now on. */
  accept(): void
}

declare const WebSocketPair: new () => { readonly 0: WebSocket; readonly 1: ServerSocket }

interface SocketResponseInit extends ResponseInit {
  readonly webSocket: WebSocket
}

export default {
  fetch(request: Request): Response {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Ask for a WebSocket.\n', { status: 426 })
    const { 0: client, 1: server } = new WebSocketPair()
    server.accept()
    server.addEventListener('message', ({ data }) => server.send(data))
    const init: SocketResponseInit = { status: 101, webSocket: client }
    return new Response(null, init)
  },
}
