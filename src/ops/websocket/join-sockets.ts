// Two ends that belong to different sockets become one: what comes from one goes to the other, at the reader's pace.
import type { MessageSocket } from '../../message-socket.ts'

export function joinSockets(one: MessageSocket, other: MessageSocket): void {
  forward(one, other)
  forward(other, one)
}

function forward(from: MessageSocket, to: MessageSocket): void {
  from.open({
    message: (data) => to.send(data),
    taken: () => to.taken(),
    closed: ({ code, reason }) => to.close(code, reason),
  })
}
