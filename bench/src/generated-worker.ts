// Workers nobody has seen before: sources of a wanted size in which every name and text differs by number, so that no
// cache keyed by content can help.

/** A hello worker of about 1 KB. */
export function smallWorker(number: number): string {
  const routes = Array.from(
    { length: 12 },
    (_, index) => `  "/route-${number}-${index}": (url) => "route ${index} of " + url.pathname,`,
  )
  return `const routes = {
${routes.join('\n')}
}
function greeting(url) {
  return "Hello from worker ${number} at " + url.pathname
}
export default {
  fetch(request) {
    const url = new URL(request.url)
    const route = routes[url.pathname] ?? greeting
    return new Response(route(url))
  },
}
`
}

/** The shape of bundled npm code: classes, closures and tables, most of which one request never calls. */
function library(number: number, index: number): string {
  return `class Model${index} {
  #values = new Map()
  static kind = "model-${number}-${index}"
  constructor(fields = {}) { for (const [key, value] of Object.entries(fields)) this.#values.set(key, value) }
  get(name) { return this.#values.get(name) ?? Model${index}.defaults[name] }
  set(name, value) { if (typeof name !== "string") throw new TypeError("name of ${index}"); this.#values.set(name, value); return this }
  validate(schema) { return Object.entries(schema).filter(([key, check]) => !check(this.get(key))).map(([key]) => key) }
  toJSON() { return Object.fromEntries([...this.#values].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) }
}
Model${index}.defaults = { id: ${index}, title: "Title ${index}", pattern: /^[a-z]{${1 + (index % 9)},}$/u, tags: ["a${index}", "b${index}"] }
const create${index} = (fields) => new Model${index}({ ...Model${index}.defaults, ...fields })
registry.set(Model${index}.kind, { create: create${index}, parse: (text) => create${index}(JSON.parse(text)) })
`
}

/** The size of a worker with a framework and some libraries. */
export const LARGE_WORKER_BYTES = 300_000

/** A hello worker behind generated library code of about `bytes` bytes. */
export function largeWorker(number: number, bytes: number): string {
  let text = 'const registry = new Map()\n'
  for (let index = 0; text.length < bytes; index += 1) text += library(number, index)
  return `${text}export default {
  fetch(request) {
    return new Response("Hello from " + new URL(request.url).pathname + " with " + (registry.size > 0 ? "libraries" : "nothing"))
  },
}
`
}
