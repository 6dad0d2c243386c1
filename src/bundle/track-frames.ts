// AsyncLocalStorage needs to know when async functions stop and go on, and V8 tells nobody. So a bundle with
// `node:async_hooks` in it gets calls of `node-compat/async/frames.ts` around each `await`, `yield`, `for await` and `return`
// of its async functions. The functions stay what they are; text is only put in between, and never a line.
import { Visitor } from 'rolldown/utils'
import { freeName } from './free-name.ts'
import type { ParsedModule } from './parse-module.ts'
import type { Insertion } from './text-insertions.ts'

interface Span {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface FunctionNode extends Span {
  readonly async: boolean
  readonly generator: boolean
  readonly body: Span | null
}

interface ForAwait extends Span {
  readonly await: boolean
  readonly right: Span
  readonly body: Span
}

interface Labeled extends Span {
  readonly label: { readonly name: string }
  readonly body: Span
}

/** `frames.ts` calls it with its functions, in this order, to tell what they are called in the bundle. */
const MARKER = '__isopod_frames__'
const MEMBERS = ['enter', 'leave', 'hold', 'pause', 'resumed', 'give', 'iterate', 'delegate'] as const
type Member = (typeof MEMBERS)[number]

interface OpenFunction {
  readonly node: FunctionNode
  readonly order: number
  /** Whether it can stop; what stands in `ifStops` counts only then. */
  stops: boolean
  readonly ifStops: Insertion[]
  /** The labels in it, and those that a jump leads to. */
  readonly labels: { readonly node: Labeled; readonly loop: ForAwait | undefined; readonly order: number }[]
  readonly jumps: Set<string>
  hasForAwait: boolean
}

const LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'])

function withoutParentheses(node: Span): Span {
  return node.type === 'ParenthesizedExpression'
    ? withoutParentheses((node as unknown as { expression: Span }).expression)
    : node
}

/** What is no object needs no `give`, nor what was awaited already. */
function cannotHaveThen(node: Span): boolean {
  return [
    'ArrayExpression',
    'Literal',
    'TemplateLiteral',
    'AwaitExpression',
    'UnaryExpression',
    'BinaryExpression',
  ].includes(withoutParentheses(node).type)
}

class FrameTracker {
  readonly insertions: Insertion[] = []
  /** What the functions of `frames.ts` are called in the bundle. */
  locals: readonly string[] = []
  readonly #frames: string
  readonly #activation: string
  readonly #functions: OpenFunction[] = []
  /** `for await` to the outermost of its labels. */
  readonly #labelsOf = new Map<Span, Labeled>()
  #order = 0

  constructor(names: { readonly frames: string; readonly activation: string }) {
    this.#frames = names.frames
    this.#activation = names.activation
  }

  visit(program: ParsedModule['ast']['program']): void {
    const enter = (node: FunctionNode): void => this.#enterFunction(node)
    const exit = (): void => this.#exitFunction()
    const forAwait = (node: ForAwait): void => void (node.await && this.#forAwait(node))
    new Visitor({
      FunctionDeclaration: enter,
      'FunctionDeclaration:exit': exit,
      FunctionExpression: enter,
      'FunctionExpression:exit': exit,
      ArrowFunctionExpression: enter,
      'ArrowFunctionExpression:exit': exit,
      AwaitExpression: (node) => this.#await(node, node.argument),
      YieldExpression: (node) => this.#yield(node),
      ReturnStatement: ({ argument }) => void (argument !== null && this.#return(argument)),
      CatchClause: ({ body }) => this.#resumeIn(body),
      TryStatement: ({ finalizer }) => void (finalizer !== null && this.#resumeIn(finalizer)),
      ForOfStatement: forAwait,
      LabeledStatement: (node) => this.#label(node),
      BreakStatement: ({ label }) => void (label !== null && this.#functions.at(-1)?.jumps.add(label.name)),
      ContinueStatement: ({ label }) => void (label !== null && this.#functions.at(-1)?.jumps.add(label.name)),
      CallExpression: (node) => {
        if (node.callee.type !== 'Identifier' || node.callee.name !== MARKER) return
        this.locals = node.arguments.flatMap((argument) => (argument.type === 'Identifier' ? [argument.name] : []))
        // It has said what it is for.
        this.#wrap(this.insertions, node, 'void (() => ', ')')
      },
    }).visit(program)
  }

  #nextOrder(): number {
    this.#order += 1
    return this.#order
  }

  #wrap(list: Insertion[], { start, end }: Omit<Span, 'type'>, open: string, close: string, order?: number): void {
    order ??= this.#nextOrder()
    // In minified code a keyword may end where the text begins: `return[]`.
    list.push(
      { offset: start, side: 'open', order, text: ` ${open}` },
      { offset: end, side: 'close', order, text: close },
    )
  }

  #call(member: Member): string {
    return `${this.#frames}.${member}(${member === 'give' || member === 'enter' ? '' : this.#activation}`
  }

  /** The innermost function, if it is an async one. */
  #async(): OpenFunction | undefined {
    const open = this.#functions.at(-1)
    return open?.node.async === true ? open : undefined
  }

  #enterFunction(node: FunctionNode): void {
    const order = this.#nextOrder()
    this.#functions.push({ node, order, stops: false, ifStops: [], labels: [], jumps: new Set(), hasForAwait: false })
  }

  #exitFunction(): void {
    const open = this.#functions.pop()
    if (open?.node.async !== true || open.node.body === null) return
    const { node, order, stops } = open
    const body = node.body as Span
    const isBlock = body.type === 'BlockStatement'
    const gives = !isBlock && !cannotHaveThen(body)
    let start = ''
    let end = ''
    if (stops) {
      if (open.hasForAwait) this.#resumeAtLabels(open)
      this.insertions.push(...open.ifStops)
      start = `const ${this.#activation} = ${this.#call('enter')}); try {`
      end = `} finally { ${this.#call('leave')}); }`
    }
    if (!isBlock && stops) [start, end] = [`{ ${start} return `, ` ${end} }`]
    if (gives) [start, end] = [`${start}${this.#call('give')}`, `)${end}`]
    if (start === '') return
    const [from, to] = isBlock ? [body.start + 1, body.end - 1] : [body.start, body.end]
    this.insertions.push({ offset: from, side: 'open', order, text: ` ${start}` })
    this.insertions.push({ offset: to, side: 'close', order, text: end })
  }

  #await(node: Span, argument: Span): void {
    const open = this.#async()
    if (open === undefined) return
    open.stops = true
    this.#wrap(open.ifStops, node, `${this.#call('resumed')}, `, ')')
    this.#wrap(open.ifStops, argument, `${this.#call('hold')}, `, ')')
  }

  #yield(node: Span & { readonly argument: Span | null; readonly delegate: boolean }): void {
    const open = this.#async()
    if (open === undefined) return
    open.stops = true
    const { argument, delegate, end } = node
    this.#wrap(open.ifStops, node, `${this.#call('resumed')}, `, ')')
    if (argument === null) this.#wrap(open.ifStops, { start: end, end }, '', ` ${this.#call('pause')})`)
    else this.#wrap(open.ifStops, argument, `${this.#call(delegate ? 'delegate' : 'pause')}, `, ')')
  }

  #return(argument: Span): void {
    const open = this.#async()
    if (open === undefined) return
    // An async generator waits for what it returns, before its `finally`.
    if (open.node.generator) {
      open.stops = true
      this.#wrap(open.ifStops, argument, `${this.#call('hold')}, (`, '))')
    } else if (!cannotHaveThen(argument)) {
      this.#wrap(this.insertions, argument, `${this.#call('give')}(`, '))')
    }
  }

  #resumeIn(block: Span, order = this.#nextOrder()): void {
    const open = this.#async()
    if (open === undefined) return
    open.ifStops.push({ offset: block.start + 1, side: 'open', order, text: ` ${this.#call('resumed')});` })
  }

  #forAwait(node: ForAwait): void {
    const open = this.#async()
    if (open === undefined) return
    open.stops = true
    open.hasForAwait = true
    this.#wrap(open.ifStops, this.#labelsOf.get(node) ?? node, '{ ', ` ${this.#call('resumed')}); }`)
    this.#wrap(open.ifStops, node.right, `${this.#call('iterate')}, `, ')')
    this.#resumeInLoop(open, node.body)
  }

  #resumeInLoop(open: OpenFunction, body: Span, order = this.#nextOrder()): void {
    if (body.type === 'BlockStatement') this.#resumeIn(body, order)
    else this.#wrap(open.ifStops, body, `{ ${this.#call('resumed')}); `, ' }', order)
  }

  #label(node: Labeled): void {
    const open = this.#async()
    if (open === undefined) return
    let { body } = node
    while (body.type === 'LabeledStatement') ({ body } = body as Labeled)
    if (body.type === 'ForOfStatement' && (body as ForAwait).await) {
      if (!this.#labelsOf.has(body)) this.#labelsOf.set(body, node)
    } else {
      open.labels.push({ node, loop: LOOPS.has(body.type) ? (body as ForAwait) : undefined, order: this.#nextOrder() })
    }
  }

  /** A jump out of a `for await` waits for its iterator to be closed, and goes on behind the label, or in its loop. */
  #resumeAtLabels(open: OpenFunction): void {
    for (const { node, loop, order } of open.labels) {
      if (!open.jumps.has(node.label.name)) continue
      this.#wrap(open.ifStops, node, '{ ', ` ${this.#call('resumed')}); }`, order)
      // Inside of the label, and outside of what is in the loop.
      if (loop !== undefined) this.#resumeInLoop(open, loop.body, order + 0.5)
    }
  }
}

/** What to put into a bundle that holds `frames.ts`. */
export function trackFrames({ ast, code }: ParsedModule): readonly Insertion[] {
  const frames = freeName('__frames', code)
  const tracker = new FrameTracker({ frames, activation: freeName('__activation', code) })
  tracker.visit(ast.program)
  const { insertions, locals } = tracker
  if (locals.length !== MEMBERS.length)
    throw new Error('the bundle does not tell what the functions of frames.ts are called')
  // Functions are there from the beginning, whatever the order of modules is.
  const members = MEMBERS.map((member, index) => `${member}: ${locals[index]}`).join(', ')
  const [first] = ast.program.body
  const text = `const ${frames} = { ${members} }; `
  return [...insertions, { offset: first?.start ?? 0, side: 'open', order: 0, text }]
}
