// How the file of KV namespaces came to its present shape; see `control/migrations.ts`.

export const KV_MIGRATIONS: readonly string[] = [
  // Keys are bytes: their order is that of UTF-8, and a key may hold a NUL. Values beyond the inline size lie in `parts`.
  `
CREATE TABLE namespaces (
  id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, namespace TEXT NOT NULL, UNIQUE (tenant, namespace)
) STRICT;
CREATE TABLE usage (tenant TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace INTEGER NOT NULL, key BLOB NOT NULL, expires INTEGER, metadata TEXT, size INTEGER NOT NULL,
  cost INTEGER NOT NULL, value BLOB, UNIQUE (namespace, key)
) STRICT;
CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;
CREATE TABLE parts (
  entry INTEGER NOT NULL, part INTEGER NOT NULL, namespace INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (entry, part)
) STRICT;
CREATE TABLE replaced (
  number INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL, time INTEGER NOT NULL, bytes INTEGER NOT NULL
) STRICT;
`,
]
