/** Which card this is: what its answer to reset and SSSE EF05 say, read once when a session opens. */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { SW } from '../apdu/status-word.ts'
import { byteAt } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { cardFactor, historicalBytes } from '../crypto/factors.ts'
import { getChallenge } from '../command/get-challenge.ts'
import { selectByName, type SelectRefusal } from '../command/select.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { openFile, readItem, readItems } from './access.ts'
import type { Conversation } from './conversation.ts'
import type { CardFault } from './fault.ts'
import { dateOf, digitsOf, ISSUER, textOf } from './items.ts'

export type Algorithm = 'DES' | 'SSF33' | 'SM4'
export type CardVersion = '1.00' | '2.00' | '3.00'

export interface CardIdentity {
  /** Hex of item 01, 16 bytes: unique per card. */
  readonly identificationCode: string
  /** The generation. Amendments of the 2012 rules ("2.01") count as 2.00. */
  readonly version: CardVersion
  /** 6 digits: the issuing region, which the key factors come from. */
  readonly region: string
  /** 8 bytes. */
  readonly cardFactor: Uint8Array
  readonly atr: Uint8Array
  /** 卡复位信息: the historical bytes in hex, as every driver hands them out. */
  readonly resetInformation: string
  /** undefined on a v3.00 card whose number nobody had the key for. */
  readonly cardNumber: string | undefined
  /** 1 preschool, 2 student, 3 adult, 4 elder. */
  readonly cardClass: string | undefined
  /** YYYY-MM-DD. */
  readonly issueDate: string | undefined
  readonly expiryDate: string | undefined
  /** Against the day handed in. Told, not refused: what an expired card may still do is the region's rule. */
  readonly expired: boolean
  readonly algorithm: Algorithm
}

export type IdentifyRefusal =
  /** No application SSSE, or an ATR without a card factor: a bank or a bus card. */
  | { readonly kind: 'not-a-social-security-card'; readonly statusWord: string }
  /** 卡片为空卡: the application is there and nothing in it. */
  | { readonly kind: 'blank-card' }
  /** Item 01 is not 16 bytes that begin with a region of 6 digits (drivers: -20). */
  | { readonly kind: 'identification-malformed' }
  | { readonly kind: 'application-blocked'; readonly statusWord: string }
  | { readonly kind: 'unsupported-version'; readonly version: string | undefined }
  | CardFault

/** `today` is YYYY-MM-DD. Leaves SSSE EF05 selected. */
export async function identify(
  conversation: Conversation,
  atr: Uint8Array,
  today: string
): Promise<Result<CardIdentity, IdentifyRefusal>> {
  const selected = await conversation.send(selectByName(AID_SSSE))
  if (!selected.ok) return refuse(await whyNotSelected(conversation, selected.error))
  const factor = cardFactor(atr)
  if (factor === undefined) return refuse({ kind: 'not-a-social-security-card', statusWord: '9000' })
  const code = await readIdentificationCode(conversation)
  if (!code.ok) return code
  const items = await readItems({ conversation }, EARLY_ITEMS)
  if (!items.ok) return items
  const versionText = textOf(items.value.version)
  const version = versionOf(versionText)
  if (version === undefined) return refuse({ kind: 'unsupported-version', version: versionText })
  const region = digitsOf(code.value.subarray(0, 3))
  if (code.value.length !== ISSUER.identificationCode.length || region?.length !== 6) return refuse({ kind: 'identification-malformed' })
  const expiryDate = dateOf(items.value.expiryDate)
  return ok({
    identificationCode: toHex(code.value),
    version,
    region,
    cardFactor: factor,
    atr,
    resetInformation: toHex(historicalBytes(atr) ?? new Uint8Array(0)),
    cardNumber: undefined,
    cardClass: textOf(items.value.cardClass),
    issueDate: dateOf(items.value.issueDate),
    expiryDate,
    expired: expiryDate !== undefined && expiryDate < today,
    algorithm: algorithmOf(selected.value, code.value)
  })
}

/** Everything free to read on every version; the card number waits until v3.00 has seen its key. */
const EARLY_ITEMS = {
  version: ISSUER.version,
  cardClass: ISSUER.cardClass,
  issueDate: ISSUER.issueDate,
  expiryDate: ISSUER.expiryDate
} as const

/** Expects the SSSE selected. */
export async function readIdentificationCode(
  conversation: Conversation
): Promise<Result<Uint8Array, { readonly kind: 'blank-card' } | CardFault>> {
  const opened = await openFile({ conversation }, EF.EF05)
  if (!opened.ok) return isAbsent(opened.error) ? refuse({ kind: 'blank-card' }) : opened
  const code = await readItem({ conversation }, ISSUER.identificationCode)
  if (!code.ok) return isAbsent(code.error) ? refuse({ kind: 'blank-card' }) : code
  return code.value === undefined || isUnwritten(code.value) ? refuse({ kind: 'blank-card' }) : ok(code.value)
}

const isUnwritten = (value: Uint8Array): boolean => value.every((byte) => byte === 0x00 || byte === 0xff)

const isAbsent = (fault: CardFault): boolean =>
  fault.kind === 'card-refused' && (fault.statusWord === '6A82' || fault.statusWord === '6A83')

const versionOf = (text: string | undefined): CardVersion | undefined => {
  if (text === '1.00' || text === '3.00') return text
  return text?.startsWith('2.0') === true ? '2.00' : undefined
}

/**
 * Tag 9F0C of the FCI, with any byte between tag and value: drivers look for 9F 0C 86 xx, TLV would have the length
 * there. Without it, item 01 beginning with 11 means SSF33, else DES.
 */
export function algorithmOf(fci: Uint8Array, identificationCode: Uint8Array): Algorithm {
  for (let i = 0; i + 3 < fci.length; i++) {
    if (fci[i] !== 0x9f || fci[i + 1] !== 0x0c) continue
    const announced = ALGORITHMS[byteAt(fci, i + 3)]
    if (announced !== undefined) return announced
  }
  return byteAt(identificationCode, 0) === 0x11 ? 'SSF33' : 'DES'
}

const ALGORITHMS: Readonly<Record<number, Algorithm>> = { 0x01: 'DES', 0x02: 'SSF33', 0x03: 'SM4' }

type SelectFault = SelectRefusal | CardFault

/** 6A81 is both "no such application" and a blocked card's answer to everything: one harmless question tells them apart. */
async function whyNotSelected(conversation: Conversation, refusal: SelectFault): Promise<IdentifyRefusal> {
  switch (refusal.kind) {
    case 'application-blocked':
      return { kind: 'application-blocked', statusWord: refusal.statusWord }
    case 'not-found':
      return { kind: 'not-a-social-security-card', statusWord: refusal.statusWord }
    case 'function-unsupported': {
      const probe = await conversation.send(getChallenge(8))
      if (!probe.ok && probe.error.kind === 'session-ended') return probe.error
      const blocked = !probe.ok && probe.error.kind === 'card-blocked'
      return { kind: blocked ? 'card-blocked' : 'not-a-social-security-card', statusWord: refusal.statusWord }
    }
    case 'card-refused':
      return isForeign(refusal.statusWord)
        ? { kind: 'not-a-social-security-card', statusWord: refusal.statusWord }
        : refusal
    case 'session-ended':
    case 'reader-fault':
    case 'malformed-answer':
    case 'card-blocked':
    case 'pin-not-verified':
    case 'psam':
      return refusal
    default:
      return never(refusal)
  }
}

/** A card that does not know SELECT, its class, or a name of this length. */
const isForeign = (statusWord: string): boolean =>
  [SW.INSTRUCTION_UNSUPPORTED, SW.CLASS_UNSUPPORTED, SW.WRONG_P1_P2, SW.WRONG_LENGTH, SW.WRONG_DATA].some(
    (sw) => sw.toString(16).toUpperCase() === statusWord
  )
