// How the database came to its present shape. Each entry is run once, in order, in a transaction with the note that it was;
// an entry that was ever released is never changed.

export const MIGRATIONS: readonly string[] = [
  // Installations from before there were migrations have these tables already.
  `
CREATE TABLE IF NOT EXISTS versions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL, worker TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, code_cache BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS versions_of_worker ON versions (tenant, worker, number);
CREATE TABLE IF NOT EXISTS workers (
  tenant TEXT NOT NULL, worker TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tenant, worker)
) STRICT;
CREATE TABLE IF NOT EXISTS tenants (
  tenant TEXT PRIMARY KEY, vouched INTEGER NOT NULL, tier TEXT NOT NULL,
  clean_tasks INTEGER NOT NULL, probation_ms INTEGER NOT NULL, network TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS quarantine (
  tenant TEXT NOT NULL, worker TEXT NOT NULL, number INTEGER NOT NULL, strikes INTEGER NOT NULL,
  reason TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (tenant, worker)
) STRICT;
CREATE TABLE IF NOT EXISTS incidents (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
`,
  `
ALTER TABLE versions RENAME TO whole_versions;
DROP INDEX versions_of_worker;
CREATE TABLE versions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL, worker TEXT NOT NULL, id TEXT NOT NULL, wall_ms INTEGER, author TEXT NOT NULL,
  message TEXT NOT NULL, time INTEGER NOT NULL
) STRICT;
CREATE INDEX versions_of_worker ON versions (tenant, worker, number);
-- Apart from the rows that are listed: a list would have to read its way past every bundle.
CREATE TABLE bundles (
  number INTEGER PRIMARY KEY REFERENCES versions ON DELETE CASCADE,
  body TEXT NOT NULL, checksum TEXT NOT NULL, code_cache BLOB
) STRICT;
INSERT INTO versions SELECT number, tenant, worker, id, json_extract(body, '$.limits.wallMs'), '', '', 0 FROM whole_versions;
INSERT INTO bundles SELECT number, body, '', code_cache FROM whole_versions;
DROP TABLE whole_versions;
CREATE TABLE deployments (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL, worker TEXT NOT NULL, time INTEGER NOT NULL, author TEXT NOT NULL, message TEXT NOT NULL,
  split TEXT NOT NULL
) STRICT;
CREATE INDEX deployments_of_worker ON deployments (tenant, worker, number);
ALTER TABLE tenants ADD COLUMN quota TEXT NOT NULL DEFAULT '{}';
CREATE TABLE secrets (
  tenant TEXT NOT NULL, worker TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, time INTEGER NOT NULL,
  author TEXT NOT NULL, PRIMARY KEY (tenant, worker, name)
) STRICT;
CREATE TABLE routes (
  pattern TEXT PRIMARY KEY, tenant TEXT NOT NULL, worker TEXT NOT NULL, time INTEGER NOT NULL, author TEXT NOT NULL
) STRICT;
CREATE TABLE tokens (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, role TEXT NOT NULL, tenant TEXT, label TEXT NOT NULL,
  time INTEGER NOT NULL, expires INTEGER
) STRICT;
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  tenant TEXT, worker TEXT, status INTEGER NOT NULL
) STRICT;
CREATE TABLE schedules (
  tenant TEXT NOT NULL, worker TEXT NOT NULL, cron TEXT NOT NULL, zone TEXT NOT NULL, missed TEXT NOT NULL,
  last_tick INTEGER NOT NULL, PRIMARY KEY (tenant, worker, cron, zone)
) STRICT;
CREATE TABLE schedule_runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL, worker TEXT NOT NULL, cron TEXT NOT NULL, zone TEXT NOT NULL, cause TEXT NOT NULL,
  tick INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER, outcome TEXT, error TEXT
) STRICT;
CREATE INDEX schedule_runs_of_worker ON schedule_runs (tenant, worker, number);
CREATE INDEX schedule_runs_open ON schedule_runs (number) WHERE ended IS NULL;
-- Contents of static files. One without a hash is still being written.
CREATE TABLE blobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, hash TEXT, bytes INTEGER NOT NULL, time INTEGER NOT NULL,
  UNIQUE (tenant, hash)
) STRICT;
CREATE TABLE blob_pieces (
  blob INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE, piece INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (blob, piece)
) STRICT;
-- What versions refer to. The database notes it itself, so that no way of storing or forgetting a version can miss it.
CREATE TABLE blob_uses (
  number INTEGER NOT NULL, path TEXT NOT NULL, tenant TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (number, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_uses_of_blob ON blob_uses (tenant, hash);
CREATE TRIGGER version_refers_to_blobs AFTER INSERT ON bundles BEGIN
  INSERT INTO blob_uses SELECT new.number, file.key, version.tenant, json_extract(file.value, '$.hash')
  FROM versions version, json_each(new.body, '$.assets.files') file WHERE version.number = new.number;
END;
CREATE TRIGGER version_lets_go_of_blobs AFTER DELETE ON versions BEGIN
  DELETE FROM blob_uses WHERE number = old.number;
END;
`,
  'ALTER TABLE versions ADD COLUMN min_warm INTEGER NOT NULL DEFAULT 0;',
  'ALTER TABLE tenants ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;',
]
