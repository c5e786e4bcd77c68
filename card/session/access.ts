/**
 * Getting at a file: select its directory, show a key where the file asks for one, select it, read its items. Every
 * operation begins at the directory again; nothing is remembered of what is selected, so nothing can be remembered wrong.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Entropy } from '../ports.ts'
import { externalAuthenticate } from '../command/external-authenticate.ts'
import { getChallenge } from '../command/get-challenge.ts'
import { readRecordByTag } from '../command/read-record.ts'
import { selectByFileId, selectByName } from '../command/select.ts'
import { stepOf } from '../command/command.ts'
import type { KeyReference } from '../identifier/key-reference.ts'
import type { Conversation } from './conversation.ts'
import { faultOf, moduleFault, NO_MODULE, type CardFault } from './fault.ts'
import type { Algorithm, CardIdentity } from './identity.ts'
import { valueOf, type DataItem } from './items.ts'
import type { DiversificationFactors, PurchaseModule } from './ports.ts'

/** What every operation works with. */
export interface CardContext {
  readonly conversation: Conversation
  readonly identity: CardIdentity
  readonly factors: DiversificationFactors
  readonly psam: PurchaseModule | undefined
  readonly entropy: Entropy
  /** What this session has achieved; dies with it. */
  readonly access: { pinVerified: boolean }
}

/** Bytes of a challenge and of the data enciphered under it. 16 with SM4 is a stand-in: v3.00 rules are not public. */
export const blockLength = (algorithm: Algorithm): number => (algorithm === 'SM4' ? 16 : 8)

export async function enter({ conversation }: Pick<CardContext, 'conversation'>, aid: Uint8Array): Promise<Result<null, CardFault>> {
  const selected = await conversation.ask(selectByName(aid))
  return selected.ok ? ok(null) : selected
}

export async function openFile(
  { conversation }: Pick<CardContext, 'conversation'>,
  fileId: number
): Promise<Result<null, CardFault>> {
  const selected = await conversation.ask(selectByFileId(fileId))
  return selected.ok ? ok(null) : selected
}

/** The value of an item of the file selected; undefined when the card has no such item. A bad contact can garble one status word, not two alike. */
export async function readItem(context: Pick<CardContext, 'conversation'>, item: DataItem): Promise<Result<Uint8Array | undefined, CardFault>> {
  const read = await readItemOnce(context, item)
  return read.ok && read.value === undefined && item.isDecisive === true ? readItemOnce(context, item) : read
}

async function readItemOnce(
  { conversation }: Pick<CardContext, 'conversation'>,
  item: DataItem
): Promise<Result<Uint8Array | undefined, CardFault>> {
  const command = readRecordByTag(item.tag, item.length + 2)
  const record = await conversation.send(command)
  if (!record.ok) {
    const { error } = record
    return error.kind === 'not-found' ? ok(undefined) : refuse(faultOf(stepOf(command.apdu), error))
  }
  if (record.value.length === 0) return ok(undefined)
  const value = valueOf(item, record.value)
  if (value !== undefined) return ok(value)
  return refuse({ kind: 'malformed-answer', step: stepOf(command.apdu), length: record.value.length })
}

export type ItemValues<Items> = { readonly [Name in keyof Items]: Uint8Array | undefined }

/** All of `items` from the file selected, in order; stops at the first fault. */
export async function readItems<Items extends Readonly<Record<string, DataItem | undefined>>>(
  context: Pick<CardContext, 'conversation'>,
  items: Items
): Promise<Result<ItemValues<Items>, CardFault>> {
  const values: Partial<Record<keyof Items, Uint8Array | undefined>> = {}
  for (const name of Object.keys(items) as (keyof Items & string)[]) {
    const item = items[name]
    if (item === undefined) continue
    const value = await readItem(context, item)
    if (!value.ok) return value
    values[name] = value.value
  }
  return ok(values as ItemValues<Items>)
}

/** The terminal shows through its PSAM that it holds `key`, once: a failed try counts against the key for ever. */
export async function showKey(context: CardContext, key: KeyReference): Promise<Result<null, CardFault>> {
  const { conversation, psam, factors, identity } = context
  if (psam === undefined) return refuse(NO_MODULE)
  const length = blockLength(identity.algorithm)
  const challenge = await conversation.ask(getChallenge(length))
  if (!challenge.ok) return challenge
  const data = CHECK_DATA.subarray(0, length)
  const cryptogram = await psam.encryptChallenge({ key, factors, challenge: challenge.value, data })
  if (!cryptogram.ok) return refuse(moduleFault(cryptogram.error))
  return conversation.ask(externalAuthenticate({ keyId: key.card, cryptogram: cryptogram.value, data }))
}

/** The card takes any data; these are the ones that deployed drivers send (WAPP). */
const CHECK_DATA = Uint8Array.from({ length: 16 }, (_, i) => i + 1)
