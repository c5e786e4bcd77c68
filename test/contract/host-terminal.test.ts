/** The contract of the bridge, kept by the real host: a process of its own, files, SQLite, a simulated card. */

import { startHost } from '../support/host-terminal.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { describeTerminal } from './terminal.contract.ts'

describeTerminal('host', async () => {
  const folder = temporaryFolder()
  const terminal = await startHost({ data: folder.path('data') })
  await terminal.call('reader.pace', { pace: 'instant' })
  return {
    terminal,
    card: 'in-service-32k',
    close: async () => {
      await terminal.stop()
      folder.remove()
    }
  }
})
