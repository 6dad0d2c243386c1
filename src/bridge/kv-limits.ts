// What a KV binding takes, for the guest that refuses at once and for the host that does not rely on it.

export const KV_LIMITS = {
  /** In UTF-8. */
  keyBytes: 512,
  /** 25 MiB. */
  valueBytes: 26_214_400,
  /** Its JSON in UTF-8. */
  metadataBytes: 1024,
  /** From now, in seconds. */
  minTtlS: 60,
  /** Keys of one page. */
  listKeys: 1000,
  /** Keys of one call that reads several. */
  bulkKeys: 100,
} as const
