import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText, MAX_DECODE_BYTES } from '../../src/ops/decode-text.ts'

const lenient = { fatal: false, ignoreBom: false }

test('legacy encodings are decoded by any of their labels', () => {
  assert.equal(decodeText(new Uint8Array([0x93, 0xfa, 0x96, 0x7b]), { ...lenient, label: 'sjis' }), '日本')
  assert.equal(decodeText(new Uint8Array([0xc4, 0xe3]), { ...lenient, label: 'GBK' }), '你')
  assert.equal(decodeText(new Uint8Array([0xea, 0x80]), { ...lenient, label: 'windows-1251' }), 'кЂ')
  assert.equal(decodeText(new Uint8Array([0x61, 0x00]), { ...lenient, label: 'utf-16' }), 'a')
})

test('malformed input is replaced, or undefined where it is fatal', () => {
  const malformed = new Uint8Array([0x61, 0xff])
  assert.equal(decodeText(malformed, { ...lenient, label: 'utf-8' }), 'a\ufffd')
  assert.equal(decodeText(malformed, { ...lenient, label: 'utf-8', fatal: true }), undefined)
})

test('a byte order mark goes unless it is to stay', () => {
  const marked = Buffer.from('\ufeffa', 'utf16le')
  assert.equal(decodeText(marked, { ...lenient, label: 'utf-16le' }), 'a')
  assert.equal(decodeText(marked, { ...lenient, label: 'utf-16le', ignoreBom: true }), '\ufeffa')
})

test('unknown labels and too many bytes are undefined, not an exception', () => {
  assert.equal(decodeText(new Uint8Array(1), { ...lenient, label: 'klingon' }), undefined)
  assert.equal(decodeText(new Uint8Array(MAX_DECODE_BYTES + 1), { ...lenient, label: 'utf-8' }), undefined)
})
