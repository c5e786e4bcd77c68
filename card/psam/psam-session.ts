/**
 * What a terminal does with its PSAM, any PSAM that follows the social security PSAM guide (PSG V1.0). Keys and session
 * keys stay inside; only MACs and cryptograms come out.
 *
 *   openPsam -> initialisePurchase -> (debit on the card) -> verifyMac2
 *            -> encryptChallenge, commandMac, encryptPinBlock: each with a session key of its own
 *
 * One session per powered PSAM, one operation at a time.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { case2Short, case3Short } from '../apdu/command-apdu.ts'
import { formatStatusWord, SW } from '../apdu/status-word.ts'
import { byteAt, concat, writeUint } from '../bytes/bytes.ts'
import { unpackDecimal } from '../bytes/packed-decimal.ts'
import type { CardChannel } from '../channel/card-channel.ts'
import { t0Channel } from '../channel/t0-channel.ts'
import { padIso7816 } from '../crypto/padding.ts'
import { DF } from '../identifier/application.ts'
import { PSAM_EF, PSAM_FILE_LENGTH } from '../identifier/psam-file.ts'
import type { Pin } from '../secret/pin.ts'
import { PsamLink } from './psam-link.ts'
import type { PsamRefusal } from './psam-refusal.ts'
import {
  INITIALISED_LENGTH,
  initPbocApdu,
  initSettlementApdu,
  type InitialisedPurchase,
  type PbocPurchase,
  type PurchaseTerms,
  type SettlementPurchase
} from './purchase.ts'
import { deliverSessionKey, encryptWithSessionKey, macWithSessionKey, type KeyedChallenge } from './session-key.ts'

/** File 0015. */
export interface PsamInfo {
  readonly issuer: number
  /** 20 digits; shorter where the issuer left the rest open. */
  readonly serialNumber: string
  readonly version: number
  readonly keyCardType: number
}

/** Stands in for the usage byte in trials of a purchase: 80 70 finds its key by version. */
const PURCHASE_USAGE = 0x62

export class PsamSession {
  /** File 0016, 12 digits. MAC1 covers it, so the card must be told the same. */
  readonly terminalNumber: string
  readonly info: PsamInfo
  readonly #link: PsamLink

  /** For openPsam. */
  constructor(link: PsamLink, terminalNumber: string, info: PsamInfo) {
    this.#link = link
    this.terminalNumber = terminalNumber
    this.info = info
  }

  /** INIT SAM FOR PURCHASE over three amounts; uses up a terminal serial. */
  initialisePurchase(purchase: SettlementPurchase): Promise<Result<InitialisedPurchase, PsamRefusal>> {
    return this.#initialise(purchase, (count) => initSettlementApdu(purchase, count))
  }

  /** The same over one amount, for a PBOC purse. */
  initialisePbocPurchase(purchase: PbocPurchase): Promise<Result<InitialisedPurchase, PsamRefusal>> {
    return this.#initialise(purchase, (count) => initPbocApdu(purchase, count))
  }

  async #initialise(
    { keyVersion, algorithm }: PurchaseTerms,
    apduFor: (factorCount: number) => Uint8Array
  ): Promise<Result<InitialisedPurchase, PsamRefusal>> {
    const subject = `purchase ${keyVersion} ${algorithm}`
    const answer = await this.#link.askForKey(subject, [PURCHASE_USAGE], ({ count }) => apduFor(count))
    if (!answer.ok) return answer
    const { value } = answer
    if (value.length !== INITIALISED_LENGTH) return malformed('8070', value)
    return ok({ terminalSerial: value.slice(0, 4), mac1: value.slice(4) })
  }

  /** CREDIT SAM FOR PURCHASE: null when the card's MAC2 proves the debit. Once for each initialised purchase. */
  async verifyMac2(mac2: Uint8Array): Promise<Result<null, PsamRefusal>> {
    const answer = await this.#link.ask(case3Short({ cla: 0x80, ins: 0x72, p1: 0x00, p2: 0x00 }, mac2))
    return answer.ok ? ok(null) : answer
  }

  /** `data`, one block, under the session key for `challenge`: internal and external authentication. */
  async encryptChallenge(input: KeyedChallenge & { readonly data: Uint8Array }): Promise<Result<Uint8Array, PsamRefusal>> {
    const delivered = await deliverSessionKey(this.#link, input)
    return delivered.ok ? encryptWithSessionKey(this.#link, input.data) : delivered
  }

  /** 4 bytes over `message` (header with the final Lc, then the data), unpadded: PIN unblock and reload, blocking. */
  async commandMac(input: KeyedChallenge & { readonly message: Uint8Array }): Promise<Result<Uint8Array, PsamRefusal>> {
    const delivered = await deliverSessionKey(this.#link, input)
    return delivered.ok ? macWithSessionKey(this.#link, input.message, input.challenge.length) : delivered
  }

  /**
   * The block of RELOAD PIN: length byte | PIN | 80 00 .., encrypted. Wants a PSAM that holds the key for MAC *and*
   * encryption (usage 48); one that holds it for MACs alone refuses with 6985.
   */
  async encryptPinBlock(input: KeyedChallenge & { readonly pin: Pin }): Promise<Result<Uint8Array, PsamRefusal>> {
    const delivered = await deliverSessionKey(this.#link, input)
    if (!delivered.ok) return delivered
    const block = input.pin.expose((pin) => padIso7816(concat(Uint8Array.of(pin.length), pin), input.challenge.length))
    const encrypted = await encryptWithSessionKey(this.#link, block)
    block.fill(0)
    return encrypted
  }
}

/**
 * `channel` may be bare: 61xx and 6Cxx are answered here. Reads terminal number and public information at the MF, where a
 * PSAM wakes up, then selects the purchase application, where everything else happens.
 */
export async function openPsam(channel: CardChannel): Promise<Result<PsamSession, PsamRefusal>> {
  const link = new PsamLink(t0Channel(channel))
  const master = await select(link, DF.SSSE_ALIAS)
  if (!master.ok) return master
  const terminal = await readFile(link, PSAM_EF.TERMINAL_INFO, PSAM_FILE_LENGTH.TERMINAL_INFO)
  if (!terminal.ok) return terminal
  const terminalNumber = unpackDecimal(terminal.value)
  if (terminalNumber?.length !== 12) return malformed('00B0', terminal.value)
  const info = await readFile(link, PSAM_EF.PUBLIC_INFO, PSAM_FILE_LENGTH.PUBLIC_INFO)
  if (!info.ok) return info
  const application = await select(link, DF.PSAM)
  return application.ok ? ok(new PsamSession(link, terminalNumber, parseInfo(info.value))) : application
}

/** A card without these files is no PSAM; neither is an empty slot. */
function absent(refusal: PsamRefusal): PsamRefusal {
  const noFile = refusal.kind === 'psam-refused' && refusal.statusWord === formatStatusWord(SW.FILE_NOT_FOUND)
  const noCard = refusal.kind === 'psam-unreachable' && refusal.failure.kind === 'card-removed'
  return noFile || noCard ? { kind: 'no-psam' } : refusal
}

async function select(link: PsamLink, fid: number): Promise<Result<Uint8Array, PsamRefusal>> {
  const answer = await link.ask(case3Short({ cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x00 }, writeUint(fid, 2)))
  return answer.ok ? answer : refuse(absent(answer.error))
}

/** READ BINARY by short file identifier, from the beginning. */
async function readFile(link: PsamLink, fid: number, length: number): Promise<Result<Uint8Array, PsamRefusal>> {
  const answer = await link.ask(case2Short({ cla: 0x00, ins: 0xb0, p1: 0x80 | fid, p2: 0x00 }, length), length)
  return answer.ok ? answer : refuse(absent(answer.error))
}

const parseInfo = (bytes: Uint8Array): PsamInfo => ({
  issuer: byteAt(bytes, 0),
  serialNumber: unpackDecimal(bytes.slice(1, 11)) ?? '',
  version: byteAt(bytes, 11),
  keyCardType: byteAt(bytes, 12)
})

const malformed = (step: string, data: Uint8Array) =>
  refuse<PsamRefusal>({ kind: 'psam-answer-malformed', step, length: data.length })
