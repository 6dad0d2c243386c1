// The API's own description.
import { z } from 'zod'
import type { AdminServer } from '../admin-server.ts'

export type OpenApiDocument = Readonly<Record<string, unknown>>

const document: z.ZodType<OpenApiDocument> = z.record(z.string(), z.unknown()).describe('An OpenAPI 3.1 document.')

export function addOpenApi(app: AdminServer): void {
  app.get(
    '/api/openapi.json',
    {
      config: { access: 'caller' },
      schema: { summary: 'This API, as an OpenAPI document', response: { 200: document } },
    },
    async () => ({ ...app.swagger() }),
  )
}
