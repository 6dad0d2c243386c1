// https://console.spec.whatwg.org/#console-namespace
import { monotonicNow } from '../clock.ts'
import {
  ArrayIsArray,
  ArrayPrototypePush,
  ErrorCaptureStackTrace,
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeGetSize,
  MapPrototypeHas,
  MapPrototypeSet,
  ObjectDefineProperty,
  ObjectKeys,
  StringPrototypeIndexOf,
  StringPrototypeRepeat,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
  SymbolToStringTag,
} from '../primordials.ts'
import { isObject } from '../webidl/sequence.ts'
import { formatLog } from './format.ts'
import { MAX_LOG_CHARS } from './inspection.ts'
import { formatTable, MAX_COLUMNS } from './table.ts'

type Level = 'debug' | 'log' | 'info' | 'warn' | 'error'

/** Where a console prints to. */
interface Log {
  /** Whether anything is kept; else nothing need be formatted. */
  isOpen(): boolean
  /** Takes what one call prints, at most 32 Ki characters of any number of lines. */
  write(level: Level, text: string): void
}

const INDENT_COLUMNS = 2
/** Deeper groups stay where they are: each line of the log pays for its indentation. */
const MAX_INDENT_COLUMNS = 40

/** Labels beyond are counted and timed from anew each time: nothing would ever take them back. */
const MAX_LABELS = 1000

/** Lines as the methods of one console print them: in its groups. */
class Printer {
  readonly #log: Log
  #indent = 0

  constructor(log: Log) {
    this.#log = log
  }

  get isOpen(): boolean {
    return this.#log.isOpen()
  }

  print(level: Level, args: readonly unknown[]): void {
    if (this.isOpen) this.printText(level, formatLog(args))
  }

  printText(level: Level, text: string): void {
    if (this.#indent === 0) {
      this.#log.write(level, text)
      return
    }
    const margin = StringPrototypeRepeat(' ', this.#indent < MAX_INDENT_COLUMNS ? this.#indent : MAX_INDENT_COLUMNS)
    const lines = StringPrototypeReplaceAll(text, '\n', `\n${margin}`)
    this.#log.write(level, StringPrototypeSlice(`${margin}${lines}`, 0, MAX_LOG_CHARS * 2))
  }

  enterGroup(): void {
    this.#indent += INDENT_COLUMNS
  }

  leaveGroup(): void {
    if (this.#indent > 0) this.#indent -= INDENT_COLUMNS
  }

  leaveAllGroups(): void {
    this.#indent = 0
  }
}

export function createConsole(log: Log): object {
  const printer = new Printer(log)
  const console = { __proto__: {} }
  const parts = [loggingMethods(printer), groupingMethods(printer), countingMethods(printer), timingMethods(printer)]
  for (let i = 0; i < parts.length; i++) {
    const methods = parts[i] as Record<string, unknown>
    const names = ObjectKeys(methods)
    for (let j = 0; j < names.length; j++) {
      const name = names[j] as string
      const method = methods[name] as object
      // Every parameter of every method is optional.
      ObjectDefineProperty(method, 'length', { value: 0, configurable: true })
      ObjectDefineProperty(console, name, {
        value: method,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    }
  }
  ObjectDefineProperty(console, SymbolToStringTag, { value: 'console', configurable: true })
  return console
}

function loggingMethods(printer: Printer): object {
  const methods = {
    assert(...args: unknown[]): void {
      if (args[0]) return
      const first = args[1]
      // A format stays a format: "Assertion failed: %s".
      const head = typeof first === 'string' ? [`Assertion failed: ${first}`] : ['Assertion failed']
      for (let i = typeof first === 'string' ? 2 : 1; i < args.length; i++) ArrayPrototypePush<unknown>(head, args[i])
      printer.print('error', head)
    },
    clear(): void {
      printer.leaveAllGroups()
    },
    debug(...args: unknown[]): void {
      printer.print('debug', args)
    },
    error(...args: unknown[]): void {
      printer.print('error', args)
    },
    info(...args: unknown[]): void {
      printer.print('info', args)
    },
    log(...args: unknown[]): void {
      printer.print('log', args)
    },
    table(...args: unknown[]): void {
      printTable(printer, args)
    },
    trace(...args: unknown[]): void {
      if (!printer.isOpen) return
      const place: { stack?: unknown } = {}
      ErrorCaptureStackTrace(place, methods.trace)
      const text = formatLog(args)
      printer.printText('log', `Trace${text === '' ? '' : `: ${text}`}${framesOf(place)}`)
    },
    warn(...args: unknown[]): void {
      printer.print('warn', args)
    },
    dir(...args: unknown[]): void {
      // One value, and no format even if it is a string.
      printer.print('log', ['%O', args[0]])
    },
    dirxml(...args: unknown[]): void {
      printer.print('log', args)
    },
  }
  return methods
}

function groupingMethods(printer: Printer): object {
  const group = (args: unknown[]): void => {
    if (args.length > 0) printer.print('log', args)
    printer.enterGroup()
  }
  return {
    group(...args: unknown[]): void {
      group(args)
    },
    groupCollapsed(...args: unknown[]): void {
      group(args)
    },
    groupEnd(): void {
      printer.leaveGroup()
    },
  }
}

function countingMethods(printer: Printer): object {
  const counts = new MapConstructor<string, number>()
  return {
    count(label?: unknown): void {
      const key = toLabel(label)
      const count = (MapPrototypeGet(counts, key) ?? 0) + 1
      keep(counts, key, count)
      printer.print('info', ['%s', `${key}: ${count}`])
    },
    countReset(label?: unknown): void {
      const key = toLabel(label)
      if (!MapPrototypeDelete(counts, key)) printer.print('warn', ['%s', `Count for '${key}' does not exist`])
    },
  }
}

function timingMethods(printer: Printer): object {
  const starts = new MapConstructor<string, number>()
  const warnMissing = (label: string): void => printer.print('warn', ['%s', `Timer '${label}' does not exist`])
  return {
    time(label?: unknown): void {
      const key = toLabel(label)
      if (MapPrototypeGet(starts, key) === undefined) keep(starts, key, monotonicNow())
      else printer.print('warn', ['%s', `Timer '${key}' already exists`])
    },
    timeLog(label?: unknown, ...data: unknown[]): void {
      const key = toLabel(label)
      const started = MapPrototypeGet(starts, key)
      if (started === undefined) {
        warnMissing(key)
        return
      }
      const args: unknown[] = ['%s', elapsed(key, started)]
      for (let i = 0; i < data.length; i++) ArrayPrototypePush(args, data[i])
      printer.print('log', args)
    },
    timeEnd(label?: unknown): void {
      const key = toLabel(label)
      const started = MapPrototypeGet(starts, key)
      if (started === undefined) {
        warnMissing(key)
        return
      }
      MapPrototypeDelete(starts, key)
      printer.print('info', ['%s', elapsed(key, started)])
    },
  }
}

function keep(labels: Map<string, number>, label: string, value: number): void {
  if (MapPrototypeGetSize(labels) < MAX_LABELS || MapPrototypeHas(labels, label)) MapPrototypeSet(labels, label, value)
}

function elapsed(label: string, started: number): string {
  return `${label}: ${monotonicNow() - started}ms`
}

function toLabel(label: unknown): string {
  return label === undefined ? 'default' : `${label as string}`
}

function printTable(printer: Printer, args: unknown[]): void {
  if (!printer.isOpen) return
  const data = args[0]
  const columns = args[1]
  if (!isObject(data)) {
    printer.print('log', args)
    return
  }
  let text: string
  try {
    text = formatTable(data, ArrayIsArray(columns) ? toNames(columns) : undefined)
  } catch {
    // A proxy whose traps throw.
    printer.print('log', [data])
    return
  }
  printer.printText('log', text.length > MAX_LOG_CHARS ? StringPrototypeSlice(text, 0, MAX_LOG_CHARS) : text)
}

function toNames(columns: unknown[]): string[] {
  const names: string[] = []
  for (let i = 0; i < columns.length && i < MAX_COLUMNS; i++) names[i] = `${columns[i] as string}`
  return names
}

/** The lines of a stack after the first, which names what is no error. */
function framesOf(place: { stack?: unknown }): string {
  const { stack } = place
  if (typeof stack !== 'string') return ''
  const line = StringPrototypeIndexOf(stack, '\n')
  return line === -1 ? '' : StringPrototypeSlice(stack, line)
}
