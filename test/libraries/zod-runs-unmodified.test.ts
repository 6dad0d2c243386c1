import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

const ORDER = {
  id: '123e4567-e89b-42d3-a456-426614174000',
  email: 'ada@example.com',
  items: [{ sku: 'ABC-1', count: 2 }],
  placed: '2026-03-01T12:00:00Z',
  payment: { type: 'invoice' },
}

test('zod runs unmodified: transforms, unions, refinements, issues with paths', async () => {
  await using library = await startLibrary('zod')
  const payment = { type: 'invoice', reference: 'none' }
  assert.deepEqual(await library.execute(ORDER), { year: 2026, payment, known: true, required: [] })
  const unknownItem = { ...ORDER, items: [{ sku: 'XXX-0', count: 1 }] }
  assert.deepEqual(await library.execute(unknownItem), { year: 2026, payment, known: false, required: [] })

  const { issues } = await library.execute({
    ...ORDER,
    email: 'ada',
    items: [{ sku: 'abc', count: 0 }],
    payment: { type: 'card', last4: '12' },
    extra: 1,
  })
  assert.deepEqual(
    issues.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`),
    [
      'invalid_format email',
      'invalid_format items.0.sku',
      'too_small items.0.count',
      'too_small payment.last4',
      'unrecognized_keys ',
    ],
  )
  const item = { sku: 'ABC-1', count: 1 }
  assert.deepEqual(await library.execute({ ...ORDER, items: [item, item, item] }), {
    issues: [{ code: 'custom', path: 'items', message: 'too many items' }],
  })
})
