/** The PSAMs of the counter, one a cipher, each put in when the first card comes that needs it. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { PsamSession } from '../../../card/psam/psam-session.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { chipLine } from '../files/opening-line.ts'
import type { PsamAlgorithm } from '../files/delivered.ts'
import { installLedgerPsam, psamAlgorithmOf, type LedgerPsam, type LedgerPsamRefusal } from '../ledger-psam.ts'
import type { Psams } from '../reader/psams.ts'
import type { InstalledPsam } from '../terminal-hardware.ts'

export class PsamRack implements Psams {
  readonly trouble = undefined
  readonly #request: Omit<LedgerPsam, 'algorithm'>
  readonly #changed: () => void
  readonly #installed = new Map<PsamAlgorithm, InstalledPsam>()

  /** `changed`: a PSAM was put in. */
  constructor(request: Omit<LedgerPsam, 'algorithm'>, changed: () => void = () => {}) {
    this.#request = request
    this.#changed = changed
  }

  /** Terminal numbers of those that are in. */
  get terminalNumbers(): readonly string[] {
    return [...this.#installed.values()].map(({ session }) => session.terminalNumber)
  }

  async psamFor(identity: CardIdentity): Promise<Result<PsamSession, CounterRefusal>> {
    const algorithm = psamAlgorithmOf(identity)
    const known = this.#installed.get(algorithm)
    if (known !== undefined) return ok(known.session)
    const installed = await installLedgerPsam({ ...this.#request, algorithm })
    if (!installed.ok) return refuse({ kind: 'card-not-opened', refusal: { kind: 'reader-fault', detail: detailOf(installed.error) } })
    this.#installed.set(algorithm, installed.value)
    this.#changed()
    return ok(installed.value.session)
  }

  close(): void {
    for (const psam of this.#installed.values()) psam.remove()
    this.#installed.clear()
  }
}

function detailOf(refusal: LedgerPsamRefusal): string {
  if (refusal.kind === 'file') return refusal.problem.message
  return 'path' in refusal.refusal ? chipLine('psam', refusal.refusal).line : refusal.refusal.kind
}
