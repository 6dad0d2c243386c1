import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startNameServer } from '../support/name-server.ts'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

const HOSTS = [
  // IPv4 in every base, length and script a URL parser reads.
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7F.1', '0x7f.0x0.0x0.0x1', '0177.0.0.1', '017700000001',
  '127.0.0.1.', '0', '0.0.0.0', '0x', '00', '%31%32%37.0.0.1', '127%2e0%2e0%2e1', '１２７.0.0.1', '①②⑦.0.0.1',
  '127。0。0。1', '127．0．0．1', '127｡0｡0｡1', '𝟏𝟐𝟕.𝟎.𝟎.𝟏', '127.0.0.\u00ad1', '127.0.0.1\u3002', '127.0.0.1..', '127..0.0.1',
  '127.0.0.1%00', '127.0.0.1%20', '127.0.0.1\t', '256', '127.0.0.256', '4294967296', '0300.0250.0.1', '3232235777',
  '169.254.169.254', '169.254.169.254.', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '10.1', '172.16.1', '192.168.257',
  // IPv6.
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:FFFF:7F00:0001]',
  '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::127.0.0.1]', '[2002:7f00:1::]',
  '[2001:0:7f00:1::]', '[2606:4700::5efe:127.0.0.1]', '[fe80::1]', '[fe80::1%25lo]', '[::1%25lo]', '[::1%lo]', '[fc00::1]',
  '[fd00:ec2::254]', '[ff02::1]', '[::1', '::1', '%5B::1%5D', '[::1].',
  // Names.
  'localhost', 'localhost.', 'LOCALHOST', 'lo%63alhost', 'ⓛocalhost', 'ｌｏｃａｌｈｏｓｔ', 'local\u00adhost', 'localhost..',
  'foo.localhost', 'foo.localhost.', 'localhost\u3002', 'localhost.localdomain', 'ip6-localhost', '127.0.0.1.nip.test',
  'xn--localhost-.test', '_private.test',
  // Parts of a URL that look like another.
  '127.0.0.1#@example.test', '127.0.0.1\\@example.test', 'example.test@127.0.0.1', '127.0.0.1:80@127.0.0.1',
] // prettier-ignore

test('every spelling is refused or no URL at all, and nothing is connected to', async () => {
  await using names = await startNameServer((name) =>
    name.length % 2 === 0 ? ['127.0.0.1', '::1'] : ['::ffff:127.0.0.1', '0.0.0.0'],
  )
  await using origin = await startOrigin((_request, response) => response.end('reached'), '0.0.0.0')
  await using t = startRuntime({ network: { nameServers: [names.address] } })
  await t.load(
    'w',
    `export default async (urls) => {
      const answers = {}
      for (const url of urls) {
        answers[url] = await fetch(url).then((r) => 'reached ' + r.url, (error) => error.name + ': ' + error.message)
      }
      return answers
    }`,
    { limits: { subrequests: 1000, cpuMs: 2000 } },
  )
  const urls = HOSTS.flatMap((host) => [`http://${host}:${origin.port}/`, `http://${host}/`])
  const more = [
    `http:127.0.0.1:${origin.port}`,
    `http:\\\\127.0.0.1:${origin.port}\\`,
    ` http:/127.0.0.1:${origin.port}/`,
  ]
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute', input: [...urls, ...more] })
  assert.equal(error, undefined)
  const answers = Object.entries(JSON.parse(output ?? 'null') as Record<string, string>)
  assert.equal(answers.length, urls.length + more.length)
  for (const [url, answer] of answers) {
    assert.match(
      answer,
      /^(?:Error: Workers may not connect to |TypeError: .*(?:URL|url|cannot be resolved\.$))/,
      `${JSON.stringify(url)} → ${answer}`,
    )
  }
  const refused = answers.filter(([, answer]) => answer.startsWith('Error: '))
  assert.ok(refused.length > answers.length / 2, `${refused.length} of ${answers.length} were refused by the guard`)
  assert.equal(origin.connections(), 0)
})
