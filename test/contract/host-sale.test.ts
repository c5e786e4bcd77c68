/** The sale's contract, kept by the real host at the demonstration's pharmacy: a process of its own, files, SQLite, a simulated card. */

import { beginPharmacy } from '../../electron/start/begin-pharmacy.ts'
import { startHost } from '../support/host-terminal.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { describeSale } from './sale.contract.ts'

const drug = (code: string, barcode: string, product: string) => ({ code, barcode, product })

describeSale('host', async () => {
  const folder = temporaryFolder()
  beginPharmacy(folder.path('data'), 'fixtures')
  const terminal = await startHost({ data: folder.path('data') })
  await terminal.call('reader.pace', { pace: 'instant' })
  return {
    terminal,
    card: 'in-service-32k',
    covered: drug('XM01AEB090A001010199999', '9990000000001', '8360001'),
    ownMoney: drug('ZA01BAL0103010199999', '9990000000050', '8360052'),
    substituted: { ...drug('XM01AEB090C003010199999', '9990000000003', '8360003'), by: 'XM01AEB090A001010199999' },
    prescribed: drug('XA02BCA099A002010199999', '9990000000022', '8360022'),
    limited: { ...drug('XR06AXL081A001010199999', '9990000000042', '8360042'), quantity: '3', days: '45', payable: '1', own: '2' },
    ambiguous: '9990000900001',
    close: async () => {
      await terminal.stop()
      folder.remove()
    }
  }
})
