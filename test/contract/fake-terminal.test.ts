/** The contract of the bridge, kept by the fake that the component tests stand on. */

import { createFakeTerminal } from '../../electron/contract/fake/fake-terminal.ts'
import { describeTerminal } from './terminal.contract.ts'

describeTerminal('fake', () =>
  Promise.resolve({ terminal: createFakeTerminal(), card: 'in-service-32k', close: () => Promise.resolve() })
)
