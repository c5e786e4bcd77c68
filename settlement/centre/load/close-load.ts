/**
 * The end of a load, as a terminal's chain brings it: the hold that was durable before the card was asked, and the card's
 * proof. The card is believed before anybody: its TAC covers the balance after, the load serial, the amount, the terminal and
 * the centre's own time, and no card takes a load that this centre has not signed. So a load is closed by its TAC also when
 * it was signed anew since, or given up.
 *
 * Without a TAC - the proof came from the card's log - the hold must be what was signed last, word for word.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { LoadHold } from '../../ledger/fact.ts'
import type { LoadEvidence } from '../../payment/load-device.ts'
import type { CardAuthority } from '../ports.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { CardRow, LoadRow } from '../store/schema.ts'
import { issuedCard } from '../record/cards.ts'
import { lockCard } from './load-card.ts'
import { loadOfChain } from './load-of-chain.ts'
import { readOffer, readPurpose } from './load-request.ts'

export interface LoadProof {
  readonly terminal: string
  readonly hold: LoadHold
  readonly evidence: LoadEvidence
}

export interface ClosedLoad {
  readonly setlId: string
  readonly proof: 'tac' | 'log'
}

export type CloseLoadRefusal =
  | { readonly kind: 'load-not-signed'; readonly loadId: string }
  | { readonly kind: 'tac-wrong' }

/** Within the transaction that judges the batch. A load that is closed already by the same proof answers as it did. */
export async function closeLoad(
  transaction: CentreTransaction,
  authority: CardAuthority,
  { terminal, hold, evidence }: LoadProof
): Promise<Result<ClosedLoad, CloseLoadRefusal>> {
  const { loadId, intent } = hold
  const notSigned = refuse({ kind: 'load-not-signed', loadId } as const)
  const card = await lockCard(transaction, terminal, intent.cardId)
  const load = await loadOfChain(transaction, { terminal, loadId })
  if (card === undefined || load === undefined || load.card_id !== intent.cardId) return notSigned
  const proof = evidence.tac === undefined ? 'log' : 'tac'
  if (evidence.tac === undefined) {
    if (!isAsSigned(load, hold)) return notSigned
  } else if (!isProved(authority, card, { load, hold, tac: evidence.tac })) {
    return refuse({ kind: 'tac-wrong' })
  }
  if (load.state !== 'closed') await write(transaction, { card, load, hold, evidence })
  if (load.terminal !== terminal) await transaction.updateTable('load').set({ terminal }).where('load_id', '=', loadId).execute()
  return ok({ setlId: load.setl_id, proof })
}

const isAsSigned = ({ amount, load_serial, time, mac2 }: LoadRow, { intent }: LoadHold): boolean =>
  amount === intent.amount && load_serial === intent.serialBefore && time === intent.time && mac2 === intent.mac2.toUpperCase()

interface Judged {
  readonly load: LoadRow
  readonly hold: LoadHold
}

function isProved(authority: CardAuthority, card: CardRow, { load, hold, tac }: Judged & { readonly tac: string }): boolean {
  const { intent } = hold
  const initialised = {
    ...readOffer(load.offer),
    balance: intent.balanceBefore,
    amount: intent.amount,
    loadSerial: intent.serialBefore,
    terminalNo: intent.terminalNo
  }
  return authority.verifyLoadTac(issuedCard(card), initialised, intent.time, tac)
}

async function write(
  transaction: CentreTransaction,
  { card, load, hold, evidence }: Judged & { readonly card: CardRow; readonly evidence: LoadEvidence }
): Promise<void> {
  const { intent } = hold
  await transaction
    .updateTable('load')
    .set({
      state: 'closed',
      tac: evidence.tac ?? null,
      amount: intent.amount,
      load_serial: intent.serialBefore,
      time: intent.time,
      mac2: intent.mac2
    })
    .where('load_id', '=', load.load_id)
    .execute()
  await transaction
    .updateTable('card')
    .set({ balance: card.balance + intent.amount, load_serial: Math.max(card.load_serial, intent.serialBefore + 1) })
    .where('card_id', '=', card.card_id)
    .execute()
  const purpose = readPurpose(load.purpose)
  if (purpose.kind === 'credit') {
    await transaction.updateTable('credit').set({ state: 'loaded' }).where('credit_id', '=', purpose.creditId).execute()
  }
}
