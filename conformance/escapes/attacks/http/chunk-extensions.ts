import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends a megabyte of chunk extensions and trailers',
  source: handler(`return new Response(String((await request.text()).length))`),
  requests: [
    {
      steps: [
        { send: 'POST / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' },
        { send: `1;${'x'.repeat(100_000)}=y\r\nx\r\n`, times: 10 },
        { send: `0\r\n${'x-trailer: y\r\n'.repeat(50_000)}\r\n` },
        { pauseMs: 1000 },
        { leave: true },
      ],
    },
  ],
  expect: {
    endings: ['invalidRequest', 'tooLarge', 'ok', 'canceled', 'hostLost', 'exception', 'cut'],
    host: 'survives',
  },
}
