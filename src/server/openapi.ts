// The API's own description, made from the schemas of its routes.
import swagger from '@fastify/swagger'
import type { RouteOptions } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { AdminServer } from './admin-server.ts'
import { failure } from './api/failure-shapes.ts'

const SCHEME = 'token'

/** Before any route is added. */
export async function describeApi(app: AdminServer): Promise<void> {
  app.addHook('onRoute', addCommonReplies)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Isopod admin API',
        description: 'Errors have a code and a message for people; the codes are listed in docs/errors.md.',
        version: '1',
      },
      components: {
        securitySchemes: {
          [SCHEME]: {
            type: 'http',
            scheme: 'bearer',
            description: 'May be left out on loopback, unless the server was started with --require-token.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
}

/** What every route may answer. */
function addCommonReplies({ config, schema, url }: RouteOptions): void {
  if (schema === undefined) return
  schema.response = { '4xx': failure, '5xx': failure, ...(schema.response as object) }
  schema.tags ??= [/^\/(?:api|admin)\/([\w-]+)/.exec(url)?.[1] ?? 'health']
  schema.security = config?.access === 'open' ? [] : [{ [SCHEME]: [] }]
}
