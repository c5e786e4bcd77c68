/** A pack carries one number, and is sold once: what was taken back may be sold again, and a pack that was opened is sold in parts. */

import type { Settling } from '../books.ts'
import type { Fact } from '../fact.ts'
import type { Findings } from '../failure.ts'
import type { TerminalBooks } from '../world-books.ts'

interface Pack {
  readonly drug_trac_codg: string
  readonly trdn_flag: string
}

interface ClaimOfPacks {
  readonly lines: readonly { readonly return_of?: string; readonly drug_trac_info?: readonly Pack[] }[]
}

/** When the terminal's book has taken it. */
export function checkPacks(terminal: TerminalBooks, fact: Fact, findings: Findings): void {
  if (fact.kind !== 'posting') return
  const settling = terminal.book.settlings.get(fact.hold)
  if (settling?.posting === undefined || !settling.hold.fact.claim.includes('drug_trac_info')) return
  for (const code of wholePacks(settling)) {
    const other = terminal.packs.get(code)
    findings.expect('pack-once', other === undefined || other === settling || other.state !== 'posted', () => {
      return `${terminal.name}: pack ..${code.slice(-6)} was sold as ${other?.hold.fact.settlementId} and as ${settling.hold.fact.settlementId}`
    })
    terminal.packs.set(code, settling)
  }
}

/** Without those that stand among them as having come back. */
function wholePacks({ hold }: Settling): readonly string[] {
  const { lines } = JSON.parse(hold.fact.claim) as ClaimOfPacks
  const codes = (of: ClaimOfPacks['lines']): readonly string[] => of.flatMap(({ drug_trac_info = [] }) => drug_trac_info.filter(({ trdn_flag }) => trdn_flag !== '1').map(({ drug_trac_codg }) => drug_trac_codg))
  const back = new Set(codes(lines.filter(({ return_of }) => return_of !== undefined)))
  return codes(lines.filter(({ return_of }) => return_of === undefined)).filter((code) => !back.has(code))
}
