/**
 * What the centre knows and the counter asks of it without asking the centre: rules, catalogue, lost cards, entitlements.
 * Each is kept with its version and with when the centre last said that it still holds; the lost cards are asked for most
 * often, which also tells whether the centre is there.
 */

import { ok, type Result } from '../../base/result.ts'
import { DOWNLOAD_KINDS, type CentreLink, type DownloadKind, type LinkFailure } from './link.ts'
import type { LinkHealth } from './link-health.ts'
import { epochMsOf } from './moment.ts'
import type { SyncClock } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { SyncStore } from './sync-store.ts'

export interface DownloadPorts {
  readonly store: SyncStore
  readonly link: Pick<CentreLink, 'download'>
  readonly health: LinkHealth
  readonly clock: SyncClock
}

const EVERY_MS: Readonly<Record<DownloadKind, number>> = {
  'lost-cards': 60_000,
  policies: 10 * 60_000,
  entitlements: 10 * 60_000,
  catalogue: 60 * 60_000
}

export type Fetched =
  | { readonly kind: 'fresh' | 'unchanged'; readonly download: DownloadKind }
  | { readonly kind: 'failed'; readonly download: DownloadKind; readonly failure: LinkFailure }

export class Downloads {
  readonly #ports: DownloadPorts
  /** ms since 1970: what the centre does not give out is asked for again in its turn, not at once. */
  readonly #askedAtMs = new Map<DownloadKind, number>()

  constructor(ports: DownloadPorts) {
    this.#ports = ports
  }

  /** Which should be asked for now. */
  due(): DownloadKind | undefined {
    const { clock } = this.#ports
    const { epochMs } = clock()
    return DOWNLOAD_KINDS.find((kind) => Math.abs(epochMs - this.#lastMs(kind)) >= EVERY_MS[kind])
  }

  /** A person wants to know now. */
  hurry(): void {
    for (const kind of DOWNLOAD_KINDS) this.#askedAtMs.set(kind, 0)
  }

  async fetch(kind: DownloadKind): Promise<Result<Fetched, StopReason>> {
    const { store, link, health, clock } = this.#ports
    const known = store.downloads().find((download) => download.kind === kind)
    const answer = await link.download(kind, known?.etag)
    const now = clock()
    this.#askedAtMs.set(kind, now.epochMs)
    health.heard(answer, now)
    if (!answer.ok) return ok({ kind: 'failed', download: kind, failure: answer.error })
    const { value } = answer
    if (value.kind === 'unchanged' && known === undefined) return ok({ kind: 'failed', download: kind, failure: { kind: 'centre-down', status: 304, cause: 'unchanged, and nothing is here' } })
    const kept = store.transaction<null, never>(() => {
      if (value.kind === 'fresh') store.putDownload({ kind, version: value.version, etag: value.etag, document: value.document, fetchedAt: now.time, checkedAt: now.time })
      else store.checkedDownload(kind, now.time)
      return ok(null)
    })
    return kept.ok ? ok({ kind: value.kind, download: kind }) : kept
  }

  #lastMs(kind: DownloadKind): number {
    const asked = this.#askedAtMs.get(kind)
    if (asked !== undefined) return asked
    const row = this.#ports.store.downloads().find((download) => download.kind === kind)
    return row === undefined ? 0 : epochMsOf(row.checkedAt)
  }
}
