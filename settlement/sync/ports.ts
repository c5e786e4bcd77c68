/** What sync needs of the world around it; the host hands these in. */

export interface SyncMoment {
  /** 14 digits YYYYMMDDhhmmss, China's time, as the ledger writes it. */
  readonly time: string
  /** ms since 1970. */
  readonly epochMs: number
}

export type SyncClock = () => SyncMoment

export interface SyncEntropy {
  bytes(length: number): Uint8Array
}

/** zstd, off the thread that settles: bytes of their own, for the next batch takes the place of this one's. */
export type Compress = (bytes: Uint8Array) => Promise<Uint8Array>

/** Fulfils when everything else that waited has had its turn. */
export type Breath = () => Promise<void>

/** Moments at which a tester has the process killed, in the order in which a batch passes them. */
export type SyncPoint = 'sync-made' | 'sync-sent' | 'sync-answered' | 'sync-applied'
export type Reached = (point: SyncPoint) => void
