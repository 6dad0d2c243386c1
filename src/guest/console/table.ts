// console.table: a row for each item, a column for each of their properties. https://console.spec.whatwg.org/#table
import { brandOf } from '../brand.ts'
import {
  ArrayPrototypeIndexOf,
  ArrayPrototypeJoin,
  ArrayPrototypePush,
  MapPrototypeForEach,
  MathMax,
  ObjectGetOwnPropertyDescriptor,
  ObjectKeys,
  SetPrototypeForEach,
  StringPrototypePadEnd,
  StringPrototypeRepeat,
} from '../primordials.ts'
import { isObject } from '../webidl/sequence.ts'
import { inspect } from './inspect.ts'
import { Inspection, MAX_ENTRIES } from './inspection.ts'

export const MAX_COLUMNS = 20
const MAX_CELL_CHARS = 200

interface Row {
  readonly index: string
  readonly value: unknown
}

/** @param columns - the properties to show; all of them where it is undefined */
export function formatTable(data: object, columns: readonly string[] | undefined): string {
  const rows = rowsOf(data)
  const keys = columns ?? keysOf(rows)
  const lines: string[][] = []
  let hasValues = false
  for (let i = 0; i < rows.length; i++) {
    const { index, value } = rows[i] as Row
    const cells = [index]
    for (let j = 0; j < keys.length; j++) cells[j + 1] = isObject(value) ? propertyCell(value, keys[j] as string) : ''
    if (!isObject(value)) {
      cells[keys.length + 1] = cell(value)
      hasValues = true
    }
    ArrayPrototypePush(lines, cells)
  }
  const header = ['(index)']
  for (let i = 0; i < keys.length; i++) ArrayPrototypePush(header, keys[i] as string)
  if (hasValues) ArrayPrototypePush(header, 'Values')
  return draw(header, lines)
}

function rowsOf(data: object): Row[] {
  const rows: Row[] = []
  const add = (index: string, value: unknown): void => {
    if (rows.length < MAX_ENTRIES) ArrayPrototypePush(rows, { index, value })
  }
  const brand = brandOf(data)
  if (brand === 'Map') {
    MapPrototypeForEach(data as Map<unknown, unknown>, (value, key) => add(cell(key), value))
    return rows
  }
  if (brand === 'Set') {
    let index = 0
    SetPrototypeForEach(data as Set<unknown>, (value) => add(`${index++}`, value))
    return rows
  }
  const keys = ObjectKeys(data)
  for (let i = 0; i < keys.length && i < MAX_ENTRIES; i++) {
    const key = keys[i] as string
    add(key, ObjectGetOwnPropertyDescriptor(data, key)?.value)
  }
  return rows
}

function keysOf(rows: readonly Row[]): string[] {
  const keys: string[] = []
  for (let i = 0; i < rows.length; i++) {
    const { value } = rows[i] as Row
    if (!isObject(value)) continue
    const own = ObjectKeys(value)
    for (let j = 0; j < own.length && keys.length < MAX_COLUMNS; j++) {
      const key = own[j] as string
      if (ArrayPrototypeIndexOf(keys, key) === -1) ArrayPrototypePush(keys, key)
    }
  }
  return keys
}

function propertyCell(object: object, key: string): string {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, key)
  if (descriptor === undefined) return ''
  return 'value' in descriptor ? cell(descriptor.value) : '[Getter]'
}

function cell(value: unknown): string {
  return inspect(value, new Inspection(MAX_CELL_CHARS))
}

function draw(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (let column = 0; column < header.length; column++) {
    let width = (header[column] as string).length
    for (let i = 0; i < lines.length; i++) width = MathMax(width, (lines[i]?.[column] ?? '').length)
    widths[column] = width + 2
  }
  const rule = (left: string, middle: string, right: string): string => {
    const parts: string[] = []
    for (let i = 0; i < widths.length; i++) parts[i] = StringPrototypeRepeat('─', widths[i] as number)
    return `${left}${ArrayPrototypeJoin(parts, middle)}${right}`
  }
  const row = (cells: readonly string[]): string => {
    const parts: string[] = []
    for (let i = 0; i < widths.length; i++) parts[i] = StringPrototypePadEnd(` ${cells[i] ?? ''}`, widths[i] as number)
    return `│${ArrayPrototypeJoin(parts, '│')}│`
  }
  const output = [rule('┌', '┬', '┐'), row(header), rule('├', '┼', '┤')]
  for (let i = 0; i < lines.length; i++) ArrayPrototypePush(output, row(lines[i] as string[]))
  ArrayPrototypePush(output, rule('└', '┴', '┘'))
  return ArrayPrototypeJoin(output, '\n')
}
