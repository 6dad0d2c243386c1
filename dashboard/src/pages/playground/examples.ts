interface Example {
  readonly title: string
  readonly code: string
  /** JSON. */
  readonly input: string
}

export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    title: 'A function of the input',
    code: `export default (input) => {
  console.log('hello', input.name)
  return { greeting: \`Hello, \${input.name}!\`, length: input.name.length }
}
`,
    input: '{ "name": "Isopod" }',
  },
  { title: 'An expression', code: 'input.numbers.reduce((sum, n) => sum + n, 0)\n', input: '{ "numbers": [1, 2, 3] }' },
  {
    title: 'TypeScript',
    code: `interface Order {
  readonly item: string
  readonly cents: number
}

export default function total(orders: readonly Order[]): string {
  const cents: number = orders.reduce((sum, order) => sum + order.cents, 0)
  return \`\${orders.length} orders, \${(cents / 100).toFixed(2)} €\`
}
`,
    input: '[{ "item": "tea", "cents": 450 }, { "item": "scone", "cents": 380 }]',
  },
  {
    title: 'Logs as they come',
    code: `export default async () => {
  for (let step = 1; step <= 10; step += 1) {
    console.log('step', step)
    await scheduler.wait(200)
  }
  return 'done'
}
`,
    input: '',
  },
  {
    title: 'An error on its line',
    code: `export default (input) => {
  const user = input.user
  return user.name.toUpperCase()
}
`,
    input: '{}',
  },
  {
    title: 'The network is refused',
    code: `export default async () => {
  const response = await fetch('https://example.com/')
  return response.status
}
`,
    input: '',
  },
  {
    title: 'A loop that does not end',
    code: `export default () => {
  for (;;) {}
}
`,
    input: '',
  },
]
