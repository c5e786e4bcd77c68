/** How the fake's till stands with its centre: not connected, and connected with everything confirmed. */

import type { AdjustedRow, DownloadRow, ParkedRow, RestoredView, SyncView } from '../sync-view.ts'

/** The samples' settlements and refunds: five settled, two of them taken back; the one in doubt is not posted yet. */
export const SYNC_NOT_CONNECTED: SyncView = {
  link: 'not-connected',
  centre: null,
  lostBatches: null,
  mayConnectAnew: false,
  lastContact: null,
  unconfirmed: { count: 7, since: '2026-03-01 10:00:20' },
  queue: { facts: 7, batches: 0, bytes: 0 },
  progress: null,
  attempt: null,
  parked: [],
  adjusted: [],
  downloads: []
}

export const SAMPLE_CENTRE: NonNullable<SyncView['centre']> = {
  url: 'https://centre.test.invalid:8443',
  name: '测试区医保中心',
  terminal: 'H99999900001-01'
}

export const SAMPLE_RESTORED: RestoredView = { settlements: 31, refunds: 2, loads: 1, closes: 1 }

export const SAMPLE_DOWNLOADS: readonly DownloadRow[] = [
  { kind: 'policies', version: '999999/1', fetchedAt: '2026-03-05 08:00:00', ageDays: 0, limitDays: 30, stale: false },
  { kind: 'catalogue', version: '2026-03', fetchedAt: '2026-03-03 08:00:00', ageDays: 2, limitDays: 30, stale: false },
  { kind: 'lost-cards', version: '412', fetchedAt: '2026-03-05 09:00:00', ageDays: 0, limitDays: 3, stale: false },
  { kind: 'entitlements', version: '88', fetchedAt: '2026-02-26 08:00:00', ageDays: 7, limitDays: 5, stale: true }
]

export const PARKED_WORDS: Pick<ParkedRow, 'what' | 'owner' | 'next'> = {
  what: { zh: '该卡在就诊前已挂失(2026-03-01)', en: 'the card was reported lost before the visit (2026-03-01)' },
  owner: { zh: '收费员与持卡人', en: 'the cashier, with the holder' },
  next: { zh: '请持卡人解除挂失后重新上传,否则退费', en: 'the holder has the report lifted and it is sent again; else refund it' }
}

export const ADJUSTED_REASON: AdjustedRow['reason'] = {
  zh: '本年度已在别处就诊,起付线和限额累计与本机不同',
  en: "the year's counters stand elsewhere: other places were visited meanwhile"
}
