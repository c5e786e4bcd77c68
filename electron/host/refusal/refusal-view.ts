/**
 * Why a counter does not settle: what is wrong, who can mend it, what the patient can do today. One file a family, each over
 * the closed union of its part of the program; a member without words does not compile.
 */

import { never } from '../../../base/invariant.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { Answers } from './answers.ts'
import { changedAnswers, claimAnswers, contradictionAnswers, rulesAnswers } from './bill.ts'
import { olderAnswers, staleAnswers } from './centre.ts'
import { openAnswers, stateAnswers, unreadableAnswers } from './card.ts'
import { noRulesAnswers, notEligibleAnswers } from './eligibility.ts'
import { innermostKind } from './innermost-kind.ts'
import { storeAnswers } from './ledger.ts'
import { loadAnswers, loadRefusalKind } from './load.ts'
import { firstPinAnswers, lockedAnswers, pinAnswers } from './pin.ts'
import { psamTroubleAnswers } from './reader.ts'
import { settleAnswers } from './settle.ts'

export const refusalView = (refusal: CounterRefusal): RefusalView => ({ kind: kindOf(refusal), ...answersTo(refusal) })

function kindOf(refusal: CounterRefusal): string {
  if (refusal.kind === 'load') return loadRefusalKind(refusal.refusal)
  return refusal.kind === 'not-eligible' ? refusal.reason.kind : innermostKind(refusal)
}

function answersTo(refusal: CounterRefusal): Answers {
  switch (refusal.kind) {
    case 'card-not-opened':
      return openAnswers(refusal.refusal)
    case 'psam-not-ready':
      return psamTroubleAnswers(refusal.trouble)
    case 'ledger-older':
      return olderAnswers(refusal)
    case 'card-lost':
    case 'card-not-activated':
    case 'person-unknown':
    case 'card-expired':
    case 'other-region':
      return stateAnswers(refusal)
    case 'card-unreadable':
      return unreadableAnswers(refusal.refusal)
    case 'pin-locked':
      return lockedAnswers()
    case 'pin':
      return pinAnswers(refusal.refusal)
    case 'first-pin-unchanged':
      return firstPinAnswers()
    case 'visit-contradicts':
      return contradictionAnswers(refusal)
    case 'claim':
      return claimAnswers(refusal.refusal, refusal.isTyped)
    case 'policy':
    case 'calculation':
      return rulesAnswers(refusal.refusal)
    case 'amounts-changed':
      return changedAnswers(refusal)
    case 'centre-stale':
      return staleAnswers(refusal)
    case 'not-eligible':
      return notEligibleAnswers(refusal)
    case 'eligibility-rules':
      return noRulesAnswers(refusal.refusal)
    case 'settle':
      return settleAnswers(refusal.refusal)
    case 'load':
      return loadAnswers(refusal.refusal)
    case 'ledger':
      return storeAnswers(refusal.refusal)
    default:
      return never(refusal)
  }
}
