/** The PIN typed at a reader with keys: what is asked of it, and its refusals beside the card's own. */

import { refuse, type Result } from '../../../base/result.ts'
import type { PinPadFailure } from '../../../card/reader/pin-pad.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { PinOutcomeRefusal } from '../../../card/session/pin.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { PadRefusal } from './pad-refusal.ts'

export const hasPad = ({ pinPad }: CardSession): boolean => pinPad !== undefined

/** A card that says it is locked is not asked, and nobody is asked to type. */
export const tryPinOnPad = (session: CardSession): Promise<Result<null, CounterRefusal | PadRefusal>> => typed(session, () => session.verifyPinOnPad())

/** Some pads only verify: then a PIN is not changed here, for nobody types it at the window instead. */
export const changePinOnPad = async (session: CardSession): Promise<Result<null, CounterRefusal | PadRefusal>> =>
  session.pinPad === 'verify-and-modify' ? typed(session, () => session.changePinOnPad()) : refuse({ kind: 'pad-only-verifies' })

async function typed(
  session: CardSession,
  ask: () => Promise<Result<null, PinOutcomeRefusal | PinPadFailure>>
): Promise<Result<null, CounterRefusal | PadRefusal>> {
  const left = await session.pinTriesLeft()
  if (!left.ok) return refuse({ kind: 'pin', refusal: left.error })
  if (left.value === 0) return refuse({ kind: 'pin-locked' })
  const answer = await ask()
  return answer.ok ? answer : refuse(refusalOf(answer.error))
}

function refusalOf(error: PinOutcomeRefusal | PinPadFailure): CounterRefusal | PadRefusal {
  switch (error.kind) {
    case 'pin-locked':
      return { kind: 'pin-locked' }
    case 'pad-cancelled':
    case 'pad-timeout':
    case 'pad-length':
    case 'pad-entries-differ':
    case 'pad-refused':
      return { kind: 'pad', refusal: error }
    default:
      return { kind: 'pin', refusal: error }
  }
}
