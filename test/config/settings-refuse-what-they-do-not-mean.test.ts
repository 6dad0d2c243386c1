import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, SETTINGS } from '../../src/config/settings.ts'

const INTEGERS = Object.values(SETTINGS).filter(({ schema }) => typeof schema.parse(undefined) === 'number')

for (const { env } of INTEGERS) {
  test(`${env} is an integer in its range, written in digits`, () => {
    for (const value of [
      '1.5',
      '-1',
      'ten',
      '1e3',
      '0x10',
      ' 5',
      '5 ',
      '1_000',
      'NaN',
      'Infinity',
      '99999999999999999999',
    ]) {
      const expected = {
        code: 'INVALID_OPTION',
        message: new RegExp(`^${env} is ".*": it must be an integer from \\d+ to \\d+\\.$`),
      }
      assert.throws(() => readSettings({}, { [env]: value }), expected, value)
    }
  })
}

test('bounds of instances refuse what would leave none', () => {
  for (const [name, value] of [
    ['PERSISTENT_WORKER_POOL_SIZE', '0'],
    ['ISOPOD_TENANT_INSTANCES', '0'],
    ['ISOPOD_INSTANCE_MAX_ERRORS', '0'],
    ['ISOPOD_INSTANCE_MAX_AGE_MS', '9'],
    ['ISOPOD_INSTANCE_MAX_AGE_MS', '2147483648'],
  ] as const) {
    assert.throws(
      () => readSettings({}, { [name]: value }),
      { code: 'INVALID_OPTION', message: new RegExp(name) },
      name,
    )
  }
})

test('a choice names what there is', () => {
  assert.throws(() => readSettings({ executor: 'process' }, {}), {
    code: 'INVALID_OPTION',
    message: '--executor is "process": it must be one of inline, threads.',
  })
  assert.throws(() => readSettings({}, { ISOPOD_POOL_CONTEXT: 'Fresh' }), {
    message: 'ISOPOD_POOL_CONTEXT is "Fresh": it must be one of fresh, warm.',
  })
})

test('a misspelt variable is an error that names the nearest one', () => {
  const nearest = {
    ISOLATE_POOLSIZE: 'ISOLATE_POOL_SIZE',
    ISOLATE_HEAP_MAX: 'ISOLATE_HEAP_MAX_MB',
    ISOPOD_ADMINPORT: 'ISOPOD_ADMIN_PORT',
    PERSISTENT_WORKER_SIZE: 'PERSISTENT_WORKER_POOL_SIZE',
  }
  for (const [name, meant] of Object.entries(nearest)) {
    const message = `There is no setting ${name}. Did you mean ${meant}?`
    assert.throws(() => readSettings({}, { [name]: '1' }), { code: 'INVALID_OPTION', message })
  }
})

test('variables of other programs are nobody else’s business', () => {
  assert.doesNotThrow(() =>
    readSettings({}, { PATH: '/bin', WORKER_COUNT: '3', isopod_port: 'x', MY_ISOPOD_PORT: 'x' }),
  )
})

test('two settings never share a variable or a flag', () => {
  const settings = Object.values(SETTINGS)
  assert.equal(new Set(settings.map(({ env }) => env)).size, settings.length)
  const flags = settings.flatMap(({ flag }) => (flag === undefined ? [] : [flag.split(' ')[0]]))
  assert.equal(new Set(flags).size, flags.length)
})
