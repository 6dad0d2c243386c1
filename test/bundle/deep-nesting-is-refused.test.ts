// rolldown's parser recurses: without a look beforehand, each of these ends the process.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { assertScriptForm } from '../../src/bundle/script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const around = (open: string, inside: string, close: string, times: number): string =>
  open.repeat(times) + inside + close.repeat(times)

const EXPRESSIONS = {
  brackets: around('[', '', ']', 10_000),
  parentheses: around('(', '1', ')', 10_000),
  objects: around('({a:', '1', '})', 10_000),
  functions: around('(function(){return ', '1', '})()', 10_000),
  templates: around('`${(()=>', '1', ')()}`', 10_000),
  'brackets never closed': '['.repeat(100_000),
  'brackets behind regular expressions and strings': around(`"]])" + /[/\\]"']/.source + [`, '1', ']', 10_000),
  'brackets after a division': around('1 / 2 + a["x"] / [', '1', ']', 10_000),
  sum: `${'1+'.repeat(1_000_000)}1`,
  negations: `${'!'.repeat(1_000_000)}1`,
  typeof: `${'typeof '.repeat(1_000_000)}1`,
  members: `a${'.b'.repeat(1_000_000)}`,
  'optional members': `a${'?.b'.repeat(1_000_000)}`,
  calls: `a${'()'.repeat(1_000_000)}`,
  'tagged templates': `a${'``'.repeat(1_000_000)}`,
  arrows: `${'a=>'.repeat(1_000_000)}1`,
  conditions: `${'a?b:'.repeat(1_000_000)}1`,
}

const STATEMENTS = {
  blocks: around('{', '', '}', 10_000),
  'else if': `${'if(a);else '.repeat(200_000)};`,
  'else if with braces': `${'if(a){}else '.repeat(200_000)};`,
  loops: `${'for(;;)'.repeat(200_000)};`,
  labels: `${Array.from({ length: 200_000 }, (_, i) => `l${i}:`).join('')};`,
}

const TEXTS = {
  ...Object.fromEntries(
    Object.entries(EXPRESSIONS).map(([name, text]) => [name, `let a\nexport default () => ${text}`]),
  ),
  ...Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [name, `let a\nexport default () => { ${text} }`]),
  ),
}

for (const [name, text] of Object.entries(TEXTS)) {
  test(name, async () => {
    const failure = {
      code: 'BUNDLE_FAILED',
      message: /index\.[jt]s:2:\d+: it (?:nests more than|has an expression of more than) \d+/,
    }
    for (const language of ['js', 'ts'] as const) assert.throws(() => bundleSource(text, { language }), failure)
    using dir = tmpDir({ 'package.json': '{}', 'index.ts': text })
    await assert.rejects(bundleProject({ entry: `${dir.path}/index.ts` }), failure)
    assert.throws(() => assertScriptForm(`__isopod__(function (part) { ${text.replace('export default', '')} });0`), {
      code: 'INVALID_BUNDLE',
    })
  })
}

test('what people and minifiers write passes', async () => {
  const lines = (line: string): string => `${line}\n`.repeat(5000)
  const texts = [
    lines('var a = b + c * d'),
    lines('a.b(c => c + 1).d()'),
    lines('f(a)\nif (a) b()'),
    lines('if (a) { b() } else if (c) { d() } else e()'),
    lines('var a = /[(]/.test("(") ? `(${b}` : "it\'s (" // ((( it\'s'),
    `var a, b, c, d, e; ${'a=b+c,d=e?a:b,'.repeat(5000)}a=1`,
    `var a = [${'{ a: [1, -2, !0], b: "(" },'.repeat(5000)}]`,
    `var a = ""${' + "text"'.repeat(1000)}`,
    lines('!function (a) { return a.b / 2 + a / 3 }; void class A { b = 1; c() { return this.b } }'),
  ]
  for (const text of texts) bundleSource(`function names(d, e, f) { ${text} }\nexport default 1`)
  const markup = lines(`const a = <p title="it's">it's {b ? (<b>no'</b>) : (<i>(</i>)}</p>;`)
  using dir = tmpDir({
    'package.json': '{}',
    'node_modules/react/jsx-runtime.js': 'export const jsx = 1, jsxs = 1',
    'index.tsx': `const b = 1; declare const React: any\n{${markup.replaceAll('const a =', 'void')}}\nexport default 1`,
  })
  await bundleProject({ entry: `${dir.path}/index.tsx` })
})
