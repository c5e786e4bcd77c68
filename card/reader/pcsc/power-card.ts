/**
 * From a slot to a card that talks. Most do at the first attempt; a worn or unusual one is coaxed, rung by rung:
 *
 *   connect, either protocol          the service powers the card and negotiates
 *   warm reset                        contacts that slipped during the first answer
 *   cold reset                        power off, power on
 *   cold reset, T=0 only; T=1 only    cards whose answer promises what they do not speak
 *
 * Then it is mute. What another program does to the slot is no badly answering card: that ends the climb at once.
 */

import { ok, refuse } from '../../../base/result.ts'
import { pause, type Delay } from './delay.ts'
import { PCSC } from './pcsc-codes.ts'
import type { PcscCard, PcscContext, PcscFailure, PcscResult, Protocol, Treatment } from './pcsc-module.ts'

const EITHER: readonly Protocol[] = ['T=0', 'T=1']

const RUNGS: readonly { readonly treatment: Treatment; readonly protocols: readonly Protocol[] }[] = [
  { treatment: 'warm', protocols: EITHER },
  { treatment: 'cold', protocols: EITHER },
  { treatment: 'cold', protocols: ['T=0'] },
  { treatment: 'cold', protocols: ['T=1'] }
]

/** TS and T0 at least. */
const ATR_LENGTH_MIN = 2

/** Another program may have the card alone for the moment of its own burst. */
const HELD_PAUSE_MS = 50
const HELD_PAUSES_MAX = 20

const BAD_ANSWERS: readonly number[] = [
  PCSC.UNRESPONSIVE_CARD,
  PCSC.UNPOWERED_CARD,
  PCSC.UNSUPPORTED_CARD,
  PCSC.PROTO_MISMATCH,
  PCSC.NOT_TRANSACTED,
  PCSC.COMM_DATA_LOST
]

export const isBadAnswer = ({ code }: PcscFailure): boolean => BAD_ANSWERS.includes(code)

export async function powerCard(context: PcscContext, reader: string, delay: Delay): Promise<PcscResult<PcscCard>> {
  const first = await connectShared(context, reader, delay)
  if (first.ok) return isUsable(first.value) ? first : climb(first.value)
  if (!isBadAnswer(first.error)) return first
  const direct = await context.connect(reader, { share: 'direct', protocols: [] })
  return direct.ok ? climb(direct.value) : refuse(isBadAnswer(direct.error) ? direct.error : first.error)
}

async function connectShared(context: PcscContext, reader: string, delay: Delay): Promise<PcscResult<PcscCard>> {
  for (let pauses = 0; ; pauses++) {
    const connected = await context.connect(reader, { share: 'shared', protocols: EITHER })
    if (connected.ok || connected.error.code !== PCSC.SHARING_VIOLATION || pauses === HELD_PAUSES_MAX) return connected
    await pause(delay, HELD_PAUSE_MS)
  }
}

/** Gives the handle back when no rung holds. */
async function climb(card: PcscCard): Promise<PcscResult<PcscCard>> {
  let last: PcscFailure = { call: 'SCardReconnect', code: PCSC.UNRESPONSIVE_CARD }
  for (const { treatment, protocols } of RUNGS) {
    const again = await card.reconnect({ share: 'shared', protocols }, treatment)
    if (again.ok && isUsable(card)) return ok(card)
    if (again.ok) continue
    last = again.error
    if (!isBadAnswer(last)) break
  }
  await card.disconnect('leave')
  return refuse(last)
}

const isUsable = ({ atr, protocol }: PcscCard): boolean => atr.length >= ATR_LENGTH_MIN && protocol !== undefined
