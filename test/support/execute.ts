// The admin port as those who submit code see it.
import { type Client, createClient } from '../../src/client/client.ts'
import { type AdminStage, startAdmin } from './admin-stage.ts'

export interface ExecuteStage extends AsyncDisposable {
  readonly admin: AdminStage
  readonly client: Client
  /** Of a tenant's deployer. */
  clientOf(tenant: string): Client
}

export async function startExecute(): Promise<ExecuteStage> {
  const admin = await startAdmin()
  const url = `http://127.0.0.1:${admin.port}`
  return {
    admin,
    client: createClient({ url }),
    clientOf: (tenant) => createClient({ url, token: admin.secretOf({ role: 'deployer', tenant }) }),
    [Symbol.asyncDispose]: () => admin[Symbol.asyncDispose](),
  }
}
