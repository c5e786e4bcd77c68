/** The sale's contract, kept by the fake. */

import { createFakeTerminal } from '../../electron/contract/fake/fake-terminal.ts'
import { IBUPROFEN, ISATIS, THROAT_SMALL, TONIC, VALSARTAN, VALSARTAN_IMPORTED } from '../../electron/contract/fake/sample-drugs.ts'
import { describeSale } from './sale.contract.ts'

describeSale('fake', () =>
  Promise.resolve({
    terminal: createFakeTerminal({ pharmacy: true }),
    card: 'in-service-32k',
    covered: ISATIS,
    ownMoney: TONIC,
    substituted: { ...VALSARTAN_IMPORTED, by: VALSARTAN.code },
    prescribed: VALSARTAN,
    limited: { ...IBUPROFEN, quantity: '5', payable: '2', own: '3' },
    ambiguous: THROAT_SMALL.barcode,
    close: () => Promise.resolve()
  })
)
