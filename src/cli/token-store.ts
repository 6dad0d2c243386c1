// Tokens of a server, wherever they can be reached: by its API, or in its folder while it does not run.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { lockDataFolder } from '../control/data-lock.ts'
import { openDatabase } from '../control/database.ts'
import { Tokens } from '../control/tokens.ts'
import { IsopodError } from '../errors.ts'
import type { TokenBody, TokenReport } from '../server/api/token-shapes.ts'
import { tokenReportOf } from '../server/reports.ts'
import { clientOf } from './server-client.ts'

export interface TokenStore extends Disposable {
  create(token: TokenBody): Promise<{ readonly id: string; readonly secret: string }>
  list(): Promise<readonly TokenReport[]>
  /** @throws IsopodError `NOT_FOUND` */
  revoke(id: string): Promise<void>
}

/** @param folder - whether a data folder that is not there is made */
export function openTokenStore(settings: Settings, folder: 'make' | 'find'): TokenStore {
  const { dataFolder, server } = settings
  if (dataFolder === undefined || server !== undefined) return remoteStore(settings)
  if (folder === 'make') mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  if (!existsSync(dataFolder)) throw new IsopodError('INVALID_OPTION', `There is no folder ${dataFolder}.`)
  return lockDataFolder(dataFolder) ? localStore(dataFolder) : remoteStore(settings)
}

function remoteStore(settings: Settings): TokenStore {
  const client = clientOf(settings)
  return {
    create: (token) => client.createToken(token),
    list: async () => (await client.tokens()).tokens,
    revoke: async (id) => void (await client.revokeToken({ id })),
    [Symbol.dispose]: () => undefined,
  }
}

function localStore(folder: string): TokenStore {
  const database = openDatabase(join(folder, 'isopod.db'))
  const tokens = new Tokens(database)
  return {
    create: async (token) => tokens.create(token),
    list: async () => tokens.list().map(tokenReportOf),
    revoke: async (id) => {
      if (!tokens.revoke(id)) throw new IsopodError('NOT_FOUND', `There is no token "${id}".`)
    },
    [Symbol.dispose]: () => database[Symbol.dispose](),
  }
}
