// Tokens: who may come in.
import type { Tokens } from '../../control/tokens.ts'
import { IsopodError } from '../../errors.ts'
import type { AdminServer } from '../admin-server.ts'
import { tokenReportOf } from '../reports.ts'
import { newToken, revoked, tokenBody, tokenList, tokenParams } from './token-shapes.ts'

export function addTokensApi(app: AdminServer, { tokens }: { readonly tokens: Tokens }): void {
  app.get(
    '/api/tokens',
    {
      config: { access: 'admin' },
      schema: { summary: 'All tokens', response: { 200: tokenList } },
    },
    async () => ({ tokens: tokens.list().map(tokenReportOf) }),
  )
  app.post(
    '/api/tokens',
    {
      config: { access: 'admin' },
      schema: { summary: 'Make a token', body: tokenBody, response: { 200: newToken } },
    },
    async ({ body }) => {
      const { secret, ...token } = tokens.create(body)
      return { ...tokenReportOf(token), secret }
    },
  )
  app.delete(
    '/api/tokens/:id',
    {
      config: { access: 'admin' },
      schema: { summary: 'Revoke a token, at once', params: tokenParams, response: { 200: revoked } },
    },
    async ({ params: { id } }) => {
      if (!tokens.revoke(id)) throw new IsopodError('NOT_FOUND', `There is no token "${id}".`)
      return { revoked: true } as const
    },
  )
}
