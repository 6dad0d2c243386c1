// Tokens of the admin API. A secret is shown once, when it is made; what is stored is its hash, which opens nothing.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { IsopodError } from '../errors.ts'
import { assertName } from '../worker-name.ts'
import { hashOf, type Role } from '../wire/caller.ts'
import type { Database } from './database.ts'

export interface TokenRequest {
  readonly role: Role
  /** The one it is for; a deployer has one, an admin none. */
  readonly tenant?: string | undefined
  readonly label: string
  /** Unix time in milliseconds; never unless given. */
  readonly expires?: number | undefined
}

export interface Token {
  /** The first characters of the secret behind its prefix: whoever holds one knows which it is. */
  readonly id: string
  readonly role: Role
  readonly tenant: string | undefined
  readonly label: string
  /** When it was made: Unix time in milliseconds, as `expires`. */
  readonly time: number
  readonly expires: number | undefined
}

const PREFIX = 'iso_'
const SECRET_BYTES = 32
const ID_LENGTH = 8
const MAX_LABEL = 100

export class Tokens {
  readonly #sql: Database['sql']

  constructor(database: Database) {
    this.#sql = database.sql
  }

  /** @throws IsopodError `INVALID_OPTION`, `INVALID_WORKER_ID`, `STORE_FAILED` */
  create(request: TokenRequest): Token & { readonly secret: string } {
    assertRequest(request)
    const { expires, label, role, tenant } = request
    const secret = newSecret()
    const token = { id: idOf(secret), role, tenant, label, time: Date.now(), expires }
    written(() =>
      this.#sql
        .prepare('INSERT INTO tokens (id, hash, role, tenant, label, time, expires) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(token.id, hashOf(secret), role, tenant ?? null, label, token.time, expires ?? null),
    )
    return { ...token, secret }
  }

  /** Oldest first; those that have expired too. */
  list(): Token[] {
    return this.#sql.prepare('SELECT * FROM tokens ORDER BY time, id').all().map(toToken)
  }

  /** Returns whether there was one. @throws IsopodError `STORE_FAILED` */
  revoke(id: string): boolean {
    return written(() => this.#sql.prepare('DELETE FROM tokens WHERE id = ?').run(id)).changes > 0
  }

  /** The token that is valid now and has this secret. */
  find(secret: string): Token | undefined {
    // The id is no secret: it may decide how long the search takes. The rest must not.
    const row = this.#sql.prepare('SELECT * FROM tokens WHERE id = ?').get(idOf(secret))
    if (row === undefined || !isHashOf(secret, String(row['hash']))) return undefined
    const token = toToken(row)
    return isValid(token) ? token : undefined
  }

  /** Whether anybody can come in who may do everything. */
  hasAdmin(): boolean {
    return this.list().some((token) => token.role === 'admin' && isValid(token))
  }
}

/** In a time that does not tell how much of it is right. */
export function isHashOf(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash))
}

function isValid({ expires }: Token): boolean {
  return expires === undefined || expires > Date.now()
}

function idOf(secret: string): string {
  return secret.slice(PREFIX.length, PREFIX.length + ID_LENGTH)
}

function newSecret(): string {
  const text = randomBytes(SECRET_BYTES).toString('base64url')
  // A command line would take an id that begins with a dash for an option.
  return text.startsWith('-') ? newSecret() : PREFIX + text
}

function assertRequest({ expires, label, role, tenant }: TokenRequest): void {
  if (tenant !== undefined) assertName(tenant, 'tenant')
  if (role === 'deployer' && tenant === undefined) throw invalid('A deployer is for one tenant: say which.')
  if (role === 'admin' && tenant !== undefined) throw invalid('An admin is for all tenants: name none.')
  if (label.trim() === '' || label.length > MAX_LABEL) throw invalid(`A label has 1 to ${MAX_LABEL} characters.`)
  if (expires !== undefined && !(expires > Date.now())) throw invalid('A token cannot have expired before it is made.')
}

function invalid(message: string): IsopodError {
  return new IsopodError('INVALID_OPTION', message)
}

function written<T>(write: () => T): T {
  try {
    return write()
  } catch (error) {
    throw new IsopodError('STORE_FAILED', `The tokens could not be written: ${(error as Error).message}.`, {
      cause: error,
    })
  }
}

function toToken(row: Readonly<Record<string, unknown>>): Token {
  const { expires, tenant } = row
  return {
    id: String(row['id']),
    role: row['role'] as Role,
    tenant: typeof tenant === 'string' ? tenant : undefined,
    label: String(row['label']),
    time: Number(row['time']),
    expires: typeof expires === 'number' ? expires : undefined,
  }
}
