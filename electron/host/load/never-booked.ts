import type { ParkedRow, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'

/** The centre refused the settlement, and it was taken back here: the centre knows of neither (settlement/sync/parked.ts). */
export const isNeverBooked = ({ kind, state }: ParkedRow): boolean => kind === 'posting' && state === 'reversed'

export const neverBooked =
  (store: Pick<ReadableSyncStore, 'parkedOf'>) =>
  (settlementId: string): boolean =>
    store.parkedOf(settlementId).some(isNeverBooked)
