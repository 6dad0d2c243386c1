// Which state survives a request depends on the mode:
//   worker, shared, pool  fresh globals for every request: the count is always 1, the instance always new
//   persistent            globals stay: the count grows, once for each replica, until it is recycled
// State that must not be lost belongs outside the worker.
const instanceId = crypto.randomUUID()
let count = 0

export default {
  fetch(): Response {
    count += 1
    return Response.json({ count, instanceId })
  },
}
