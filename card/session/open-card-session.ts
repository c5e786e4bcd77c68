/**
 * From a reader to a session: power, answer to reset, SSSE, item 01, version, and, with a PSAM, the proof that the card is
 * no copy. What comes back refused has a name that a person at the counter can act on.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { t0Channel } from '../channel/t0-channel.ts'
import type { PurseCommands } from '../command/purse.ts'
import { byteAt } from '../bytes/bytes.ts'
import { cityFactor, provinceFactor } from '../crypto/factors.ts'
import type { Entropy } from '../ports.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../reader/card-reader.ts'
import type { PurseContext } from './account.ts'
import { Burst } from './burst.ts'
import { CardSession } from './card-session.ts'
import { Conversation } from './conversation.ts'
import { proveGenuine, type GenuineRefusal } from './genuine.ts'
import { readCardNumber } from './holder.ts'
import { identify, type CardIdentity, type IdentifyRefusal } from './identity.ts'
import type { PurchaseModule } from './ports.ts'

export interface OpenRequest {
  readonly reader: CardReader
  /** Without one the session reads what is free or opens to the PIN; no debit, no proof of genuineness. */
  readonly psam?: PurchaseModule | undefined
  readonly entropy: Entropy
  /** YYYY-MM-DD, for `identity.expired`. */
  readonly today: string
  /** The region's profile; found out from the card when not given. */
  readonly purse?: PurseCommands | undefined
  /** Index of the purchase key to name in INITIALIZE FOR PURCHASE; 1 unless the region says otherwise. */
  readonly purseKeyIndex?: number | undefined
}

export type OpenRefusal = ConnectFailure | IdentifyRefusal | GenuineRefusal

export async function openCardSession(request: OpenRequest): Promise<Result<CardSession, OpenRefusal>> {
  const connected = await request.reader.connect()
  if (!connected.ok) return connected
  const connection = connected.value
  const opened = await open(request, connection)
  if (!opened.ok) await connection.disconnect()
  return opened
}

/** Which card lies there, without any key. */
export async function detectCard(
  request: Pick<OpenRequest, 'reader' | 'entropy' | 'today'>
): Promise<Result<CardIdentity, OpenRefusal>> {
  const session = await openCardSession(request)
  if (!session.ok) return session
  await session.value.close()
  return ok(session.value.identity)
}

/** One burst: what another program did to the card before it does not show in what is read here. */
function open(request: OpenRequest, connection: CardConnection): Promise<Result<CardSession, OpenRefusal>> {
  const keepLe = connection.protocol === undefined ? !speaksT0(connection.atr) : connection.protocol === 'T=1'
  const conversation = new Conversation(t0Channel(connection, { keepLe }))
  const burst = new Burst(connection.hold, conversation)
  return burst.run<Result<CardSession, OpenRefusal>>(() => lookAt(request, connection, conversation), refuse)
}

async function lookAt(
  request: OpenRequest,
  connection: CardConnection,
  conversation: Conversation
): Promise<Result<CardSession, OpenRefusal>> {
  const { psam, entropy, today, purse, purseKeyIndex = 1 } = request
  const identified = await identify(conversation, connection.atr, today)
  if (!identified.ok) return identified
  const { region, cardFactor } = identified.value
  const context: PurseContext = {
    conversation,
    identity: identified.value,
    factors: { card: cardFactor, city: cityFactor(region), province: provinceFactor(region) },
    psam,
    entropy,
    access: { pinVerified: false },
    purse: { commands: purse, keyIndex: purseKeyIndex }
  }
  if (psam !== undefined) {
    const genuine = await proveGenuine(context)
    if (!genuine.ok) return genuine
  }
  const cardNumber = await readCardNumber(context)
  if (!cardNumber.ok) return refuse(cardNumber.error)
  const identity = { ...identified.value, cardNumber: cardNumber.value }
  return ok(new CardSession({ ...context, identity }, connection))
}

/**
 * TD1 names the protocol; absent means T=0 (ISO 7816-3 8.2.3). A reader builds the ATR of a contactless card as 3B 8x 80 01:
 * T=0 first in name, T=1 in fact (PC/SC part 3, 3.1.3.2.3).
 */
function speaksT0(atr: Uint8Array): boolean {
  const present = byteAt(atr, 1) >> 4
  if ((present & 8) === 0) return true
  if (present === 8 && atr[2] === 0x80 && atr[3] === 0x01) return false
  const offset = 2 + [1, 2, 4].filter((bit) => present & bit).length
  return offset < atr.length && (byteAt(atr, offset) & 0x0f) === 0
}
