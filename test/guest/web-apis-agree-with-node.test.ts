// The part of conformance that needs no checkout: the same text runs in a worker and in Node, whose web APIs pass nearly
// all of web-platform-tests, and both must say the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** Bodies of async functions that return what JSON can hold. */
const CASES: Readonly<Record<string, string>> = {
  'URLs: parsed, resolved, serialized': `
    const inputs = ['http://EXAMPLE.com:80/a/../b?q#f', '//x/y', '?only', 'mailto:a@b', 'http://[::1]:8080/', 'http://1.2.3/', 'file:///c:/x', 'http://ex ample/', 'http://b\\u00fccher.example/', 'https://u:p@h/%7Efoo', 'data:text/plain,hi', '\\thttp://a\\n/b ']
    return inputs.map((input) => { const url = URL.parse(input, 'http://base/dir/file'); return url && [url.href, url.origin, url.host, url.pathname, url.search, url.hash] })`,
  'URLs: assigned to': `
    const out = []
    for (const [name, value] of [['protocol', 'https'], ['host', 'other:99'], ['port', '80'], ['pathname', 'x y'], ['search', 'a=b c'], ['hash', '\\u00e9'], ['hostname', ''], ['username', 'me']]) { const url = new URL('http://host:8080/p'); url[name] = value; out.push(url.href) }
    return out`,
  URLSearchParams: `
    const params = new URLSearchParams('a=1&b=%20+&a=3&\\u00e9=\\u20ac'); params.append('c', '&='); params.sort(); params.delete('a', '1')
    return [params.toString(), params.getAll('a'), params.has('b', '  '), [...params]]`,
  'TextDecoder: every kind of encoding': `
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    return ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'koi8-r', 'iso-8859-5'].map((label) => { const d = new TextDecoder(label); return [d.encoding, d.decode(bytes.subarray(0x20, 0x7f)), d.decode(bytes, { stream: true }).length] })`,
  'TextDecoder: multi-byte text in pieces': `
    const out = []
    for (const [label, ...bytes] of [['shift_jis', 0x93, 0xfa, 0x96, 0x7b], ['euc-kr', 0xc7, 0xd1], ['gbk', 0xc4, 0xe3], ['big5', 0xa4, 0xa4], ['euc-jp', 0xc6, 0xfc]]) {
      const decoder = new TextDecoder(label); let text = ''
      for (const byte of bytes) text += decoder.decode(Uint8Array.of(byte), { stream: true })
      out.push(text + decoder.decode())
    }
    return out`,
  TextEncoder: `
    const target = new Uint8Array(7)
    return [[...new TextEncoder().encode('a\\u00e9\\u20ac\\ud83d\\ude00\\ud800')], new TextEncoder().encodeInto('ab\\u20ac\\u20acc', target), [...target]]`,
  base64: `
    const tried = (run) => { try { return run() } catch (error) { return [error.name, error.code] } }
    return [btoa('\\0\\xff~'), atob(' YW Jj\\n'), tried(() => btoa('\\u0100')), tried(() => atob('a')), tried(() => atob('ab=c'))]`,
  Headers: `
    const headers = new Headers([['B', '1 '], ['a', '2'], ['b', '3'], ['Set-Cookie', 'x=1'], ['set-cookie', 'y=2']]); headers.set('c', ' v '); headers.delete('A')
    const tried = (run) => { try { run(); return 'fine' } catch (error) { return error.name } }
    return [[...headers], headers.get('B'), headers.getSetCookie(), headers.has('a'), tried(() => headers.append('x y', '')), tried(() => headers.append('x', 'a\\nb'))]`,
  Request: `
    const request = new Request('http://h/p#f', { method: 'post', body: new URLSearchParams({ a: 'b' }), headers: { x: 'y' } })
    const clone = request.clone()
    const tried = (init) => { try { new Request('http://h/', init); return 'fine' } catch (error) { return error.name } }
    return [request.method, request.url, [...request.headers], await request.text(), request.bodyUsed, await clone.text(), ['CONNECT', 'a b'].map((method) => tried({ method })), tried({ body: 'x' }), tried({ mode: 'navigate' }), tried({ redirect: 'x' })]`,
  Response: `
    const tried = (run) => { try { run(); return 'fine' } catch (error) { return error.name } }
    const json = Response.json({ a: [1] }, { status: 201 })
    return [json.status, json.ok, [...json.headers], await json.json(), Response.redirect('http://h/x', 307).headers.get('location'), Response.error().type, tried(() => new Response('x', { status: 204 })), tried(() => new Response('', { status: 99 })), tried(() => new Response('', { statusText: '\\n' }))]`,
  'a response whose body is cloned is read twice': `
    const response = new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('ab')); c.close() } }))
    const clone = response.clone()
    return [await response.text(), await clone.text()]`,
  'fetch of data: URLs': `
    const read = async (url) => { try { const r = await fetch(url); return [r.status, r.headers.get('content-type'), await r.text()] } catch (error) { return error.name } }
    return await Promise.all(['data:,a%20b', 'data:text/html;charset=utf-8,<p>', 'data:;base64,aGk=', 'data:x', 'data:text/plain;base64,%%%', 'data:nonsense,1'].map(read))`,
  'Blob and File': `
    const blob = new Blob(['a\\u00e9', new Uint8Array([1, 2]), new Blob(['z'])], { type: 'Text/PLAIN' })
    const file = new File([blob], 'n/a.txt', { lastModified: 5 })
    return [blob.size, blob.type, [...await blob.slice(1, -1).bytes()], file.name, file.lastModified, file.size, await new Response(file.stream()).text()]`,
  FormData: `
    const form = new FormData(); form.append('a', '1'); form.append('f', new Blob(['x']), 'n.txt'); form.set('a', '2'); form.append('a', '3')
    const back = await new Response(form).formData()
    return [[...back.keys()], back.getAll('a'), back.get('f').name, await back.get('f').text()]`,
  structuredClone: `
    const value = { date: new Date(0), map: new Map([[1, new Set([2])]]), re: /x/gi, error: new RangeError('m'), big: 1n, bytes: new Uint8Array([1]).subarray(0), hole: [, 1] }; value.self = value
    const clone = structuredClone(value)
    const tried = (what) => { try { structuredClone(what); return 'fine' } catch (error) { return [error.name, error.code] } }
    return [clone.self === clone, clone.date.getTime(), clone.map.get(1).has(2), String(clone.re), [clone.error.name, clone.error.message], String(clone.big), [...clone.bytes], 0 in clone.hole, tried(() => {}), tried(Symbol('s')), tried({ get a() { throw new TypeError('t') } })]`,
  events: `
    const log = []; const target = new EventTarget()
    target.addEventListener('x', { handleEvent: (event) => log.push(['object', event.eventPhase]) }, { once: true })
    target.addEventListener('x', (event) => { event.preventDefault(); event.stopImmediatePropagation(); log.push('stops') })
    target.addEventListener('x', () => log.push('never'))
    const results = [target.dispatchEvent(new Event('x', { cancelable: true })), target.dispatchEvent(new CustomEvent('x', { detail: 1 }))]
    return [log, results]`,
  'abort signals': `
    const controller = new AbortController(); const any = AbortSignal.any([controller.signal, new AbortController().signal]); const log = []
    any.onabort = (event) => log.push(event.type, event.isTrusted); controller.abort('why')
    return [any.aborted, any.reason, log, AbortSignal.abort().reason.name]`,
  streams: `
    const doubled = new TransformStream({ transform: (n, c) => c.enqueue(n * 2) })
    const source = new ReadableStream({ start(c) { c.enqueue(1); c.enqueue(2); c.close() } })
    const [a, b] = source.pipeThrough(doubled).tee(); const out = []
    for await (const n of a) out.push(n)
    const bytes = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close() } })
    const { value } = await bytes.getReader({ mode: 'byob' }).read(new Uint8Array(2))
    return [out, await Array.fromAsync(b), [...value]]`,
  'encoding streams': `
    const stream = new Blob(['\\u20ac', 'x']).stream().pipeThrough(new TextDecoderStream()).pipeThrough(new TextEncoderStream())
    return [...await new Response(stream).bytes()]`,
  'timers run in order, and with code in strings': `
    const log = []; globalThis.fromString = () => log.push('string')
    await new Promise((resolve) => { setTimeout(() => log.push('later'), 20); const gone = setTimeout(() => log.push('never'), 1); clearTimeout(gone); setTimeout((x) => log.push(x), 5, 'sooner'); queueMicrotask(() => log.push('microtask')); setTimeout(resolve, 40) })
    return log`,
  DOMException: `
    const error = new DOMException('m', 'AbortError')
    return [error.name, error.message, error.code, error instanceof Error, DOMException.DATA_CLONE_ERR, Object.prototype.toString.call(error), new DOMException().name]`,
}

// oxlint-disable-next-line no-new-func -- the text that the worker is made of
const AsyncFunction = (async () => undefined).constructor as unknown as new (body: string) => () => Promise<unknown>

for (const [what, body] of Object.entries(CASES)) {
  test(what, async () => {
    await using t = startRuntime()
    await t.load('w', `export default { async execute() { ${body} } }`)
    const { error, outcome, output = '' } = await t.runtime.dispatch('w', { type: 'execute' })
    assert.equal(outcome, 'ok', error?.message)
    const native: unknown = await new AsyncFunction(body)()
    assert.deepEqual(JSON.parse(output), JSON.parse(JSON.stringify(native)))
  })
}
