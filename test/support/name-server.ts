// A real name server on 127.0.0.1 that says what the test wants, or nothing.
import dgram from 'node:dgram'
import { once } from 'node:events'
import { isIP } from 'node:net'

/** Addresses of a name; `silence` never answers. */
export type NameAnswer = readonly string[] | 'silence'

export interface NameServer extends AsyncDisposable {
  /** As `nameServers` takes it. */
  readonly address: string
  /** Names that were asked for, one for each question. */
  readonly asked: string[]
}

/** @param answer - undefined: there is no such name */
export async function startNameServer(
  answer: (name: string, family: number) => NameAnswer | undefined,
): Promise<NameServer> {
  const socket = dgram.createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = question(query)
    asked.push(name)
    const family = type === A ? 4 : type === AAAA ? 6 : 0
    const said = answer(name, family)
    if (said === 'silence') return
    const addresses = said?.filter((one) => isIP(one) === family)
    socket.send(reply(query.subarray(0, end), addresses, type), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

const A = 1
const AAAA = 28
const HEADER_BYTES = 12

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function reply(asked: Buffer, addresses: readonly string[] | undefined, type: number): Buffer {
  const records = (addresses ?? []).map(addressBytes)
  const head = Buffer.from(asked)
  // A response, recursion available; name error where there is no such name.
  head.writeUInt16BE(addresses === undefined ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt32BE(0, 8)
  const answers = records.map((bytes) => {
    const record = Buffer.alloc(12)
    // The name of the question, class IN, no time to live.
    record.writeUInt16BE(0xc000 + HEADER_BYTES, 0)
    record.writeUInt16BE(type, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt16BE(bytes.length, 10)
    return Buffer.concat([record, bytes])
  })
  return Buffer.concat([head, ...answers])
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const { hostname } = new URL(`http://[${address}]/`)
  const [head = '', tail] = hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : [])
  const zeros = 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail)]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}
