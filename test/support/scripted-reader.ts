/** The reader that a scripted host shows: two cards on the tray, one of them perhaps in the slot. */

import type { ReaderView } from '../../electron/contract/reader-view.ts'

const CARDS = ['test-one', 'test-two'] as const

export function readerView(inserted: string | null): ReaderView {
  return {
    name: 'virtual reader',
    kind: 'virtual',
    slots: [
      { slot: 'card', title: { zh: '卡槽', en: 'card slot' }, holds: inserted },
      { slot: 'psam', title: { zh: 'PSAM', en: 'PSAM' }, holds: '999999000001' }
    ],
    tray: CARDS.map((id) => ({ id, title: { zh: id, en: id }, version: '2.00', kind: 'social-security', inserted: id === inserted })),
    pace: 'instant',
    faults: [],
    choice: { kind: 'simulated' },
    readers: [],
    answerToReset: null,
    chain: [],
    trouble: null
  }
}

/** The card that the supervisor says lies in the slot: `--insert ID`. */
export function insertedFrom(args: readonly string[]): string | null {
  const at = args.indexOf('--insert')
  return at === -1 ? null : (args[at + 1] ?? null)
}
