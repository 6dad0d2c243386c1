import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domainToAscii } from '../../src/ops/domain-to-ascii.ts'

test('names become their ASCII form', () => {
  for (const [name, ascii] of [
    ['example.com', 'example.com'],
    ['EXAMPLE.com', 'example.com'],
    ['español.com', 'xn--espaol-zwa.com'],
    ['中文.com', 'xn--fiq228c.com'],
    ['faß.de', 'xn--fa-hia.de'],
    ['ｅｘａｍｐｌｅ。com', 'example.com'],
    ['a_b"c.example', 'a_b"c.example'],
  ] as const) {
    assert.equal(domainToAscii(name), ascii)
  }
})

test('a name with a character that would end it, vanish or be decoded has none', () => {
  for (const character of [...'\0\t\n\r #%/:<>?@[\\]^|\x7f', '\x1f', '％', '／', '\u00ad/', '％２ｅ']) {
    assert.equal(domainToAscii(`a${character}b.example`), '', JSON.stringify(character))
  }
})

test('neither has a malformed name, nor one without bound', () => {
  for (const name of ['xn--\u{ffff}', '\ud800.example', 'a'.repeat(100_000)]) assert.equal(domainToAscii(name), '')
})
