// An API with Hono, checked by Zod.
//   curl localhost:8787/hello/ada
//   curl localhost:8787/users -H 'content-type: application/json' -d '{"name":"Ada","email":"ada@example.com"}'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'

const NewUser = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email(),
})

const app = new Hono()

app.get('/', (c) => {
  if (c.req.header('accept')?.includes('text/html')) return c.html('<h1>Hello from Isopod</h1>')
  return c.text('Hello from Isopod\n')
})

app.get('/hello/:name', (c) => c.json({ hello: c.req.param('name') }))

app.post('/users', async (c) => {
  const body: unknown = await c.req.json().catch(() => {
    throw new HTTPException(400, { message: 'the body is not JSON' })
  })
  const user = NewUser.safeParse(body)
  if (!user.success) {
    const problems = user.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
    return c.json({ error: 'invalid user', problems }, 400)
  }
  return c.json({ id: crypto.randomUUID(), ...user.data }, 201)
})

app.notFound((c) => c.json({ error: `nothing at ${c.req.path}` }, 404))

app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ error: error.message }, error.status)
  console.error(error)
  return c.json({ error: 'internal error' }, 500)
})

export default app
