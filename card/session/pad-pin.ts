/**
 * The PIN at the reader's own pad. This program never has the digits: it says where they go, and hears two bytes. Entering the
 * directory is a burst of its own; while the holder types, nobody is kept off the card.
 */

import { refuse, type Result } from '../../base/result.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import { CHANGE_PIN_HEADER, CHANGE_PIN_SEPARATOR } from '../command/change-pin.ts'
import { stepOf } from '../command/command.ts'
import { parsePinAnswer } from '../command/pin-outcome.ts'
import { VERIFY_PIN_HEADER } from '../command/verify-pin.ts'
import type { PinPad, PinPadFailure } from '../reader/pin-pad.ts'
import type { CardContext } from './access.ts'
import { changeOutcome, pinOutcome, type PinOutcomeRefusal } from './pin.ts'

/** Everywhere in the field; a pad must know beforehand to fill in the command. */
export const PAD_DIGITS = 6

export type PadOutcomeRefusal = PinOutcomeRefusal | PinPadFailure

type Typed = Result<Uint8Array, PinPadFailure | ChannelFailure>

/** With the SSSE entered already. */
export async function verifyTyped(context: CardContext, pad: PinPad): Promise<Result<null, PadOutcomeRefusal>> {
  // A wrong try takes back what an earlier right one gave.
  context.access.pinVerified = false
  const typed = await pad.verify({ header: VERIFY_PIN_HEADER, digits: { min: PAD_DIGITS, max: PAD_DIGITS } })
  const outcome = outcomeOf(context, VERIFY_PIN_HEADER, typed, pinOutcome)
  context.access.pinVerified = outcome.ok
  return outcome
}

/** A changed PIN is not a verified one, as with digits that came from here. */
export async function changeTyped(context: CardContext, modify: NonNullable<PinPad['modify']>): Promise<Result<null, PadOutcomeRefusal>> {
  context.access.pinVerified = false
  const typed = await modify({ header: CHANGE_PIN_HEADER, digits: PAD_DIGITS, separator: CHANGE_PIN_SEPARATOR })
  return outcomeOf(context, CHANGE_PIN_HEADER, typed, changeOutcome)
}

function outcomeOf(
  { conversation }: CardContext,
  header: Uint8Array,
  typed: Typed,
  outcome: typeof pinOutcome
): Result<null, PadOutcomeRefusal> {
  if (!typed.ok && isOfPad(typed.error)) return refuse(typed.error)
  const answer = conversation.take(typed as Result<Uint8Array, ChannelFailure>)
  if (!answer.ok) return refuse(outcome(stepOf(header), conversation.faultOfSilence(header, answer.error)))
  const parsed = parsePinAnswer(header, answer.value)
  return parsed.ok ? parsed : refuse(outcome(stepOf(header), parsed.error))
}

const isOfPad = (failure: PinPadFailure | ChannelFailure): failure is PinPadFailure => failure.kind.startsWith('pad-')
