// `gc` is there when the process was started so; tenants must not reach it.
const collect: typeof gc | undefined = typeof gc === 'function' ? gc : undefined

export function collectGarbage(): void {
  collect?.({ type: 'major', flavor: 'last-resort' })
}
