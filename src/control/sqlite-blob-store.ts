// The contents of static files in SQLite, in pieces: SQLite reads a value as a whole, and nobody needs a whole file.
// Which versions refer to what is noted by triggers (see `migrations.ts`).
import { ASSET_PIECE_BYTES } from '../assets.ts'
import { IsopodError } from '../errors.ts'
import type { BlobStore, BlobUpload } from './blob-store.ts'
import type { Database } from './database.ts'

/** Each transaction waits for the disk. */
const WRITTEN_AT_ONCE = 16 * ASSET_PIECE_BYTES

export function sqliteBlobStore({ sql: db, transaction }: Database): BlobStore {
  const touch = db.prepare('UPDATE blobs SET time = ? WHERE tenant = ? AND hash = ?')
  const sizeOf = db.prepare('SELECT bytes FROM blobs WHERE tenant = ? AND hash = ?')
  const insertBlob = db.prepare('INSERT INTO blobs (tenant, bytes, time) VALUES (?, 0, ?)')
  const insertPiece = db.prepare('INSERT INTO blob_pieces (blob, piece, bytes) VALUES (?, ?, ?)')
  const nameBlob = db.prepare('UPDATE blobs SET hash = ?, bytes = ? WHERE id = ?')
  const removeBlob = db.prepare('DELETE FROM blobs WHERE id = ?')
  const selectPiece = db.prepare(
    `SELECT u.tenant, p.bytes FROM blob_uses u JOIN blobs b ON b.tenant = u.tenant AND b.hash = u.hash
     JOIN blob_pieces p ON p.blob = b.id AND p.piece = ? WHERE u.number = ? AND u.path = ?`,
  )
  const collectUnused = db.prepare(
    `DELETE FROM blobs WHERE time < ? AND NOT EXISTS
     (SELECT 1 FROM blob_uses u WHERE u.tenant = blobs.tenant AND u.hash = blobs.hash)`,
  )

  return {
    missing: (tenant, hashes) =>
      written(() =>
        transaction(() => {
          const now = Date.now()
          return [...new Set(hashes)].filter((hash) => touch.run(now, tenant, hash).changes === 0)
        }),
      ),
    begin: (tenant) => upload(tenant),
    piece({ index, number, path }) {
      const row = selectPiece.get(index, number, path)
      const bytes = row?.['bytes']
      return row !== undefined && bytes instanceof Uint8Array ? { tenant: String(row['tenant']), bytes } : undefined
    },
    absent: (tenant, files) =>
      Object.entries(files)
        .filter(([, { bytes, hash }]) => sizeOf.get(tenant, hash)?.['bytes'] !== bytes)
        .map(([path]) => path),
    collect: (keptUnusedMs) => written(() => Number(collectUnused.run(Date.now() - keptUnusedMs).changes)),
  }

  function upload(tenant: string): BlobUpload {
    const id = written(() => insertBlob.run(tenant, Date.now()).lastInsertRowid)
    let waiting: Uint8Array[] = []
    let waitingBytes = 0
    let writtenBytes = 0
    const flush = (how: 'pieces' | 'all'): void => {
      const bytes = Buffer.concat(waiting)
      let offset = 0
      const isPiece = (length: number): boolean => length >= ASSET_PIECE_BYTES || (how === 'all' && length > 0)
      for (; isPiece(bytes.length - offset); offset += ASSET_PIECE_BYTES) {
        const piece = bytes.subarray(offset, offset + ASSET_PIECE_BYTES)
        insertPiece.run(id, (writtenBytes + offset) / ASSET_PIECE_BYTES, piece)
      }
      writtenBytes += Math.min(offset, bytes.length)
      waiting = [bytes.subarray(offset)]
      waitingBytes = waiting[0]?.length ?? 0
    }
    return {
      write(bytes) {
        waiting.push(bytes)
        waitingBytes += bytes.byteLength
        if (waitingBytes >= WRITTEN_AT_ONCE) written(() => transaction(() => flush('pieces')))
      },
      finish: (hash) =>
        written(() =>
          transaction(() => {
            flush('all')
            // Somebody else has stored it meanwhile, or it was there.
            if (sizeOf.get(tenant, hash) === undefined) nameBlob.run(hash, writtenBytes, id)
            else removeBlob.run(id)
          }),
        ),
      abandon: () => void written(() => removeBlob.run(id)),
    }
  }
}

function written<T>(write: () => T): T {
  try {
    return write()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new IsopodError('STORE_FAILED', `The static files could not be written: ${reason}.`, { cause: error })
  }
}
