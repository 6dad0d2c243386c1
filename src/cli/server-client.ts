// The client of commands that talk to a running server.
import { type Client, createClient } from '../client/client.ts'
import type { SettingName, Settings } from '../config/settings.ts'

/** What says which server, and who asks. */
export const CLIENT_SETTINGS: readonly SettingName[] = ['server', 'token', 'adminPort']

export function clientOf({ adminPort, server, token }: Settings): Client {
  return createClient({ url: server ?? `http://127.0.0.1:${adminPort}`, token })
}
