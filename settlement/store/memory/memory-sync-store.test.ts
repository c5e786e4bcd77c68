import { describeSyncStore } from '../../../test/contract/sync-store.contract.ts'
import { writeLedger } from '../../ledger/write-ledger.ts'
import { memoryStore } from './memory-store.ts'
import { memorySyncStore } from './memory-sync-store.ts'

describeSyncStore('memory', () => ({ store: memorySyncStore(), ledger: writeLedger(memoryStore()) }))
