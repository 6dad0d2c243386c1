// Runs one test file of web-platform-tests in the global scope it is in. The same code runs in Isopod, in Node and in
// Deno, so that figures differ by the runtime and by nothing else.

export interface TestInput {
  /** Where the file would be, had a browser opened it; relative URLs count from here. */
  readonly url: string
  /** The text of testharness.js. */
  readonly harness: string
  /** The file's scripts and the file itself, as one script. */
  readonly source: string
  /** When what has not finished is counted as failed. */
  readonly timeoutMs: number
  /** Tests of interfaces by their IDL compare the global object's own properties, and want a kind of worker. */
  readonly isIdlTest: boolean
}

export interface Subtest {
  readonly name: string
  readonly passed: boolean
  /** Why not. */
  readonly message?: string
}

export interface TestReport {
  readonly subtests: readonly Subtest[]
  /** The file did not run to its end: its script threw, or its time was over. */
  readonly error?: string
}

interface HarnessTest {
  readonly name: string
  readonly status: number
  readonly message: string | null
}

interface HarnessStatus {
  readonly status: number
  readonly message: string | null
}

type Completion = (tests: readonly HarnessTest[], status: HarnessStatus) => void

/** What testharness.js puts on the global object. */
interface Harness {
  setup(options: { explicit_done: boolean }): void
  done(): void
  timeout(): void
  add_completion_callback(callback: Completion): void
}

type Scope = Record<string, unknown> & Harness

const PASS = 0
const MESSAGE_LENGTH = 300
const STATUS = ['', 'error', 'time was over', 'precondition failed']

// Indirect: declarations become global ones, as those of a script do.
// oxlint-disable-next-line no-eval -- a module can run a script in its global scope by no other means
const evaluate = globalThis.eval

export function runTest(test: TestInput): Promise<TestReport> {
  const scope = globalThis as unknown as Scope
  const { setTimeout } = globalThis
  define('self', scope)
  define('GLOBAL', { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false })
  define('location', locationOf(new URL(test.url)))
  evaluate(test.harness)
  if (test.isIdlTest) define('DedicatedWorkerGlobalScope', makeWorkerScope(scope))
  resolveRelativeUrls(scope, test)
  return new Promise((resolve) => {
    let thrown: string | undefined
    scope.setup({ explicit_done: true })
    scope.add_completion_callback((tests, { status, message }) => {
      const error = thrown ?? (status === PASS ? undefined : `${STATUS[status] ?? status}: ${message ?? ''}`)
      const subtests = tests.map(toSubtest)
      resolve(error === undefined ? { subtests } : { subtests, error: error.slice(0, MESSAGE_LENGTH) })
    })
    setTimeout(() => scope.timeout(), test.timeoutMs)
    try {
      evaluate(test.source)
    } catch (error) {
      thrown = `threw ${String(error)}`
    }
    scope.done()
  })
}

function toSubtest({ message, name, status }: HarnessTest): Subtest {
  if (status === PASS) return { name, passed: true }
  return { name, passed: false, message: (message ?? `status ${status}`).slice(0, MESSAGE_LENGTH) }
}

/** Looks like a Location; a URL would have more. */
function locationOf({ hash, host, hostname, href, origin, pathname, port, protocol, search }: URL): object {
  return { hash, host, hostname, href, origin, pathname, port, protocol, search, toString: () => href }
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value })
}

/** The class that idlharness.js takes for the sign of a worker. After testharness.js, which would expect messages. */
function makeWorkerScope(scope: object): unknown {
  const isScope = (value: unknown): boolean => value === scope
  return Object.defineProperty(function DedicatedWorkerGlobalScope() {}, Symbol.hasInstance, { value: isScope })
}

/** Server runtimes have no page whose address could complete a relative one; tests are written as if there were. */
function resolveRelativeUrls(scope: Scope, { isIdlTest, url }: TestInput): void {
  const complete = (args: unknown[]): unknown[] => {
    const [first, ...rest] = args
    if (typeof first !== 'string' || URL.canParse(first) || !URL.canParse(first, url)) return args
    return [new URL(first, url).href, ...rest]
  }
  const { fetch } = globalThis
  define('fetch', (...args: unknown[]) => Reflect.apply(fetch, scope, complete(args)))
  if (isIdlTest) return
  const { redirect } = Response
  Response.redirect = (...args: unknown[]) => Reflect.apply(redirect, Response, complete(args)) as Response
  for (const name of ['Request', 'WebSocket', 'EventSource']) {
    if (!(name in scope)) continue
    const original = scope[name] as new (...args: unknown[]) => object
    const completing: typeof original = new Proxy(original, {
      construct: (target, args: unknown[], newTarget) =>
        Reflect.construct(target, complete(args), newTarget === completing ? target : newTarget) as object,
    })
    define(name, completing)
  }
}
