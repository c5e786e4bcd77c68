import { describeLedgerOfCentre } from '../../../test/contract/ledger-centre.contract.ts'
import { describeDispensedOf } from '../../../test/contract/ledger-dispensed.contract.ts'
import { describeLedgerRestored } from '../../../test/contract/ledger-restore.contract.ts'
import { describeLedgerStore } from '../../../test/contract/ledger-store.contract.ts'
import { writeLedger } from '../../ledger/write-ledger.ts'
import { memoryStore } from './memory-store.ts'

describeLedgerStore('memory', () => writeLedger(memoryStore()))
describeLedgerRestored('memory', () => writeLedger(memoryStore()))
describeLedgerOfCentre('memory', () => writeLedger(memoryStore()))
describeDispensedOf('memory', () => writeLedger(memoryStore()))
