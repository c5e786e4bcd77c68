/** Where the centre says that it stands with a terminal is where its copy of the chain ends. */

import type { CentreChains } from '../centre-chains.ts'
import type { CentreData } from '../centre-rows.ts'
import type { Findings } from '../failure.ts'
import { textOf, wholeOf } from '../row-source.ts'

export function checkStanding({ chains }: CentreChains, { terminals }: CentreData, findings: Findings): void {
  for (const row of terminals) {
    const terminal = textOf(row, 'terminal')
    const chain = chains.get(terminal)
    const [batch, sequence] = [chain?.batch ?? 0, (chain?.hashes.length ?? 1) - 1]
    findings.expect('batch-chain', wholeOf(row, 'batch') === batch && wholeOf(row, 'sequence') === sequence, () => {
      return `centre: ${terminal} is said to stand at batch ${wholeOf(row, 'batch')}, fact ${wholeOf(row, 'sequence')}; kept are batch ${batch}, fact ${sequence}`
    })
    if (chain === undefined) continue
    const isSame = textOf(row, 'batch_hash') === chain.batchHash && textOf(row, 'chain_hash') === chain.hashes.at(-1)
    findings.expect('batch-chain', isSame, () => `centre: ${terminal} is said to stand at another hash than that of what is kept`)
  }
}
