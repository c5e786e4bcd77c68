/**
 * Signing a load 圈存: the one place where the centre lets money onto a card. One transaction under the locks of terminal and
 * person, so that two requests for one card come after each other.
 *
 *   the same load, the same offer        the same answer, however often it is asked for
 *   the same load, another offer         signed anew: the terminal died before its CREDIT and the card has begun again
 *
 * Why signing anew cannot pay twice: MAC1 proves that the card made the new offer at the load serial that the first signature
 * is for. The card counts every load that it takes, so it has not taken the first; and it takes none of them later, because a
 * MAC2 is over the random of one initialisation and the card has begun another. Of all signatures for one load serial of a
 * card at most one is ever used. Therefore also no second load of a card is signed while one is open, and none at a load
 * serial other than the card of record's.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { LoadPurpose } from '../../ledger/fact.ts'
import { fen } from '../../money/fen.ts'
import type { LoadOffer } from '../../payment/load-device.ts'
import type { CentrePorts } from '../ports.ts'
import { issuedCard } from '../record/cards.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { CardRow, LoadRow, RegisteredCardRow } from '../store/schema.ts'
import { fitCard, lockCard } from './load-card.ts'
import { loadOfChain } from './load-of-chain.ts'
import { readOffer, readPurpose, writeOffer, type LoadAsk } from './load-request.ts'
import type { PurposeRefusal, SignRefusal } from './load-refusal.ts'
import { bookedSettlement, owedOfRecord } from './owed-of-record.ts'

export type SignPorts = Pick<CentrePorts, 'database' | 'authority' | 'clock' | 'entropy'>

export interface SignedLoad {
  /** 14 digits, the centre's clock: MAC2 is over it. */
  readonly time: string
  /** 8 hex digits. */
  readonly mac2: string
  readonly setlId: string
}

export const signLoad = (ports: SignPorts, terminal: string, ask: LoadAsk): Promise<Result<SignedLoad, SignRefusal>> =>
  ports.database.write((transaction) => sign({ ports, transaction, terminal, ask }))

interface Asked {
  readonly ports: SignPorts
  readonly transaction: CentreTransaction
  readonly terminal: string
  readonly ask: LoadAsk
}

/** Its card is there, and may be loaded. */
interface AskedOfCard extends Asked {
  readonly card: RegisteredCardRow
}

async function sign(asked: Asked): Promise<Result<SignedLoad, SignRefusal>> {
  const { ports, transaction, terminal, ask } = asked
  const card = fitCard(await lockCard(transaction, terminal, ask.offer.cardId))
  if (!card.ok) return card
  const known = await transaction.selectFrom('load').select('load_id').where('load_id', '=', ask.loadId).executeTakeFirst()
  const earlier = known && (await loadOfChain(transaction, { terminal, loadId: ask.loadId }))
  if (known !== undefined) {
    if (earlier === undefined || !isSameLoad(earlier, ask)) return refuse({ kind: 'load-id-taken' })
    if (earlier.state !== 'signed') return refuse({ kind: 'load-ended', state: earlier.state })
    if (sameOffer(readOffer(earlier.offer), ask.offer)) return ok(signedOf(earlier))
  }
  if (!ports.authority.verifyLoadRequest(issuedCard(card.value), ask.offer)) return refuse({ kind: 'mac1-wrong' })
  const barred = (await whyNotOnCard(asked, card.value, earlier)) ?? (await whyNotDue({ ...asked, card: card.value }))
  if (barred !== undefined) return refuse(barred)
  return ok(signedOf(await write(asked, card.value, earlier)))
}

const isSameLoad = (earlier: LoadRow, { offer, purpose }: LoadAsk): boolean =>
  earlier.card_id === offer.cardId && purposeName(readPurpose(earlier.purpose)) === purposeName(purpose)

const purposeName = (purpose: LoadPurpose): string =>
  purpose.kind === 'refund' ? `refund ${purpose.settlementId}` : `credit ${purpose.creditId}`

/** MAC1 is the card's word over all the rest, and the random makes it another one each time. */
const sameOffer = (one: LoadOffer, other: LoadOffer): boolean =>
  one.random === other.random &&
  one.mac1 === other.mac1 &&
  one.amount === other.amount &&
  one.balance === other.balance &&
  one.loadSerial === other.loadSerial &&
  one.keyVersion === other.keyVersion &&
  one.terminalNo === other.terminalNo

async function whyNotOnCard(
  { transaction, ask: { loadId, offer } }: Asked,
  card: CardRow,
  earlier: LoadRow | undefined
): Promise<SignRefusal | undefined> {
  const open = await transaction
    .selectFrom('load')
    .select(['load_id', 'terminal'])
    .where('card_id', '=', offer.cardId)
    .where('state', '=', 'signed')
    .where('load_id', '!=', loadId)
    .executeTakeFirst()
  if (open !== undefined) return { kind: 'load-open', loadId: open.load_id, terminal: open.terminal }
  const ofRecord = earlier?.load_serial ?? card.load_serial
  return offer.loadSerial === ofRecord ? undefined : { kind: 'load-serial-differs', ofRecord, offered: offer.loadSerial }
}

function whyNotDue(asked: AskedOfCard): Promise<PurposeRefusal | undefined> {
  const { purpose } = asked.ask
  return purpose.kind === 'refund' ? whyNotRefundDue(asked, purpose.settlementId) : whyNotCreditDue(asked, purpose.creditId)
}

async function whyNotRefundDue({ transaction, terminal, ask, card }: AskedOfCard, settlementId: string): Promise<PurposeRefusal | undefined> {
  const { loadId, offer } = ask
  const settlement = await bookedSettlement(transaction, settlementId)
  if (settlement === undefined) return { kind: 'settlement-not-booked', settlementId }
  if (settlement.terminal !== terminal || settlement.card_ref !== card.card_ref) return { kind: 'settlement-of-another', settlementId }
  const owed = await owedOfRecord(transaction, settlement, loadId)
  if (offer.amount <= owed) return undefined
  if (settlement.reversed_by === null) return { kind: 'correction-not-confirmed', settlementId }
  return owed === 0 ? { kind: 'nothing-owed', settlementId } : { kind: 'more-than-owed', settlementId, owed, asked: offer.amount }
}

async function whyNotCreditDue({ transaction, ask }: Asked, creditId: string): Promise<PurposeRefusal | undefined> {
  const { loadId, offer } = ask
  const credit = await transaction.selectFrom('credit').selectAll().where('credit_id', '=', creditId).executeTakeFirst()
  if (credit === undefined) return { kind: 'credit-unknown', creditId }
  if (credit.card_id !== offer.cardId) return { kind: 'credit-of-another', creditId }
  if (credit.state !== 'waiting' && !(await isUnder(transaction, loadId))) return { kind: 'credit-spent', creditId, state: credit.state }
  if (credit.amount !== offer.amount) return { kind: 'credit-amount-differs', creditId, amount: fen(credit.amount), asked: offer.amount }
  return undefined
}

/** The very load that asks has the credit already. */
async function isUnder(transaction: CentreTransaction, loadId: string): Promise<boolean> {
  const load = await transaction.selectFrom('load').select('state').where('load_id', '=', loadId).executeTakeFirst()
  return load?.state === 'signed'
}

async function write(asked: Asked, card: CardRow, earlier: LoadRow | undefined): Promise<LoadRow> {
  const { ports, transaction, terminal, ask } = asked
  const { loadId, purpose, offer } = ask
  const { time } = ports.clock()
  const row: LoadRow = {
    load_id: loadId,
    setl_id: earlier?.setl_id ?? madeSetlId(ports, time),
    terminal,
    card_id: card.card_id,
    purpose: JSON.stringify(purpose),
    offer: JSON.stringify(writeOffer(offer)),
    amount: offer.amount,
    load_serial: offer.loadSerial,
    time,
    mac2: ports.authority.signLoad(issuedCard(card), offer, time),
    state: 'signed',
    tac: null
  }
  if (earlier === undefined) await transaction.insertInto('load').values(row).execute()
  else await transaction.updateTable('load').set(row).where('load_id', '=', loadId).execute()
  if (purpose.kind === 'credit') {
    await transaction.updateTable('credit').set({ state: 'signed' }).where('credit_id', '=', purpose.creditId).execute()
  }
  return row
}

const signedOf = ({ time, mac2, setl_id }: LoadRow): SignedLoad => ({ time, mac2, setlId: setl_id })

/** "L", time 14, fifteen digits of chance: thirty characters, as the national interface has for a setl_id. */
const madeSetlId = ({ entropy }: SignPorts, time: string): string =>
  `L${time}${Array.from(entropy.bytes(15), (byte) => byte % 10).join('')}`
