/**
 * The issuer as the one who can tell: whether a card's transaction code is genuine, whether a load was asked for by the card
 * itself, and what the card will take for the issuer's word. Keys come from the issuer's key file, card by card, and are
 * kept for as many cards as `CARDS_MAX`; the oldest is forgotten and wiped first.
 *
 * Whatever comes from outside and cannot be - a code of another length, an amount that no card holds, a key version that the
 * issuer never used - is a wrong code and no exception: it is `false`.
 */

import { invariant } from '../../base/invariant.ts'
import { concat, equalInConstantTime, writeUint } from '../bytes/bytes.ts'
import { fromHex } from '../bytes/hex.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE, type CipherSuite } from '../crypto/cipher-suite.ts'
import { MAC_LENGTH } from '../crypto/mac.ts'
import {
  loadMac1Message,
  loadMac2Message,
  loadSessionInput,
  loadTacMessage,
  purchaseTacMessage,
  type TimedLoad
} from '../crypto/purse-message.ts'
import { isCardTime } from '../ports.ts'
import type { Key } from '../secret/key.ts'
import { cityKey, type IssuerKeys } from './issuer-keys.ts'

/** A card as the issuer's records know it. */
export interface CardOfRecord {
  /** 6 digits: item 01 begins with it. */
  readonly region: string
  /** T6..TD of the answer to reset, 16 hex digits. */
  readonly cardFactor: string
  /** SM4 is the stand-in of card/crypto/cipher-suite.ts. */
  readonly algorithm: 'DES' | 'SM4'
  readonly purse: 'SSC-LB002' | 'PBOC'
}

export interface SignedPurchase {
  /** fen: from the account, paid by the holder, paid by the pooled fund. A PBOC purse signs the first alone. */
  readonly account: number
  readonly own: number
  readonly pooled: number
  /** 12 digits. */
  readonly terminalNo: string
  readonly terminalSerial: number
  /** 14 digits. */
  readonly time: string
}

/** A card's answer to INITIALIZE FOR LOAD, and what it was asked. */
export interface InitialisedLoad {
  /** fen, before the load. */
  readonly balance: number
  readonly amount: number
  readonly loadSerial: number
  readonly keyVersion: number
  /** 8 hex digits. */
  readonly random: string
  /** 12 digits. */
  readonly terminalNo: string
}

export const CARDS_MAX = 8192
/** More cities than have divisions of six digits. */
const CITIES_MAX = 4096

/** The key file holds the first of the three sets. */
const KEY_VERSION = 1

const TYPES = {
  'SSC-LB002': { load: 0x31, purchase: 0x32 },
  PBOC: { load: 0x02, purchase: 0x06 }
} as const

const SUITES: Readonly<Record<CardOfRecord['algorithm'], CipherSuite>> = { DES: DES_SUITE, SM4: SM4_STAND_IN_SUITE }

export class IssuerAuthority {
  readonly #issuer: IssuerKeys
  readonly #cards = new Map<string, CardKeys>()
  readonly #cities = new Map<string, CityKeys>()

  constructor(issuer: IssuerKeys) {
    this.#issuer = issuer
  }

  /** `tac` is 8 hex digits. */
  verifyPurchaseTac(card: CardOfRecord, purchase: SignedPurchase, tac: string): boolean {
    if (!isCode(tac) || !isCard(card) || !isPurchase(purchase)) return false
    const { terminalNo, terminalSerial, time } = purchase
    const message = purchaseTacMessage({
      amounts: amountsOf(card, purchase),
      type: TYPES[card.purse].purchase,
      terminal: packDecimal(terminalNo, 6),
      terminalSerial: writeUint(terminalSerial, 4),
      time: packDecimal(time, 7)
    })
    return this.#isTac(card, message, tac)
  }

  /** Whether the card itself asked for this load. */
  verifyLoadMac1(card: CardOfRecord, load: InitialisedLoad, mac1: string): boolean {
    if (!isCode(mac1) || !isCard(card) || !isLoad(load)) return false
    const { suite } = this.#keysOf(card)
    const message = loadMac1Message(load.balance, loadOf(card, load))
    return equalInConstantTime(suite.mac(this.#loadSessionKey(card, load), message), fromHex(mac1))
  }

  /** 4 bytes that let the card take the load at `time`, 14 digits. Only for a load whose MAC1 was verified. */
  loadMac2(card: CardOfRecord, load: InitialisedLoad, time: string): Uint8Array {
    invariant(isCard(card) && isLoad(load) && isCardTime(time), 'a load that no card can have asked for was to be signed')
    const { suite } = this.#keysOf(card)
    return suite.mac(this.#loadSessionKey(card, load), loadMac2Message(timed(card, load, time)))
  }

  /** Whether the card holds the money now, by its own word. */
  verifyLoadTac(card: CardOfRecord, load: InitialisedLoad, time: string, tac: string): boolean {
    if (!isCode(tac) || !isCard(card) || !isLoad(load) || !isCardTime(time)) return false
    const { balance, amount, loadSerial } = load
    const message = loadTacMessage({ balanceAfter: balance + amount, serialBefore: loadSerial }, timed(card, load, time))
    return this.#isTac(card, message, tac)
  }

  #isTac(card: CardOfRecord, message: Uint8Array, tac: string): boolean {
    const { suite, tacKey } = this.#keysOf(card)
    return equalInConstantTime(suite.mac(tacKey, message), fromHex(tac))
  }

  #loadSessionKey(card: CardOfRecord, { random, loadSerial }: InitialisedLoad): Key {
    const { suite } = this.#keysOf(card)
    const loadKey = suite.diversify(this.#cityKeysOf(card).DLK, fromHex(card.cardFactor))
    const session = suite.sessionKey(loadKey, loadSessionInput(fromHex(random), loadSerial))
    loadKey.wipe()
    return session
  }

  #keysOf(card: CardOfRecord): CardKeys {
    const name = `${card.algorithm}${card.region}${card.cardFactor}`
    const known = this.#cards.get(name)
    if (known !== undefined) return known
    const suite = SUITES[card.algorithm]
    const key = suite.diversify(this.#cityKeysOf(card).DTK, fromHex(card.cardFactor))
    const keys = { suite, tacKey: suite.tacKey(key) }
    // The suite may take the key as it is.
    if (keys.tacKey !== key) key.wipe()
    forgetOldest(this.#cards, CARDS_MAX, ({ tacKey }) => tacKey.wipe())
    this.#cards.set(name, keys)
    return keys
  }

  #cityKeysOf({ algorithm, region }: CardOfRecord): CityKeys {
    const name = `${algorithm}${region}`
    const known = this.#cities.get(name)
    if (known !== undefined) return known
    const city = { region, suite: SUITES[algorithm] }
    const keys = { DTK: cityKey(this.#issuer, 'DTK', city), DLK: cityKey(this.#issuer, 'DLK', city) }
    forgetOldest(this.#cities, CITIES_MAX, ({ DTK, DLK }) => [DTK, DLK].forEach((key) => key.wipe()))
    this.#cities.set(name, keys)
    return keys
  }
}

interface CardKeys {
  readonly suite: CipherSuite
  readonly tacKey: Key
}

interface CityKeys {
  readonly DTK: Key
  readonly DLK: Key
}

function forgetOldest<Kept>(cache: Map<string, Kept>, max: number, wipe: (kept: Kept) => void): void {
  if (cache.size < max) return
  for (const [name, kept] of cache) {
    wipe(kept)
    cache.delete(name)
    return
  }
}

function amountsOf({ purse }: CardOfRecord, { account, own, pooled }: SignedPurchase): Uint8Array {
  if (purse === 'PBOC') return writeUint(account, 4)
  return concat(writeUint(account, 4), writeUint(own, 4), writeUint(pooled, 4))
}

const loadOf = ({ purse }: CardOfRecord, { amount, terminalNo }: InitialisedLoad) => ({
  amount: writeUint(amount, 4),
  type: TYPES[purse].load,
  terminal: packDecimal(terminalNo, 6)
})

const timed = (card: CardOfRecord, load: InitialisedLoad, time: string): TimedLoad => ({
  ...loadOf(card, load),
  time: packDecimal(time, 7)
})

const CODE = /^[0-9A-Fa-f]{8}$/
const FACTOR = /^[0-9A-Fa-f]{16}$/
const REGION = /^\d{6}$/
const TERMINAL = /^\d{12}$/
const SERIAL_COUNT = 0x1_0000
const UINT32_COUNT = 0x1_0000_0000

const isCode = (text: string): boolean => CODE.test(text) && text.length === 2 * MAC_LENGTH

const isCard = ({ region, cardFactor }: CardOfRecord): boolean => REGION.test(region) && FACTOR.test(cardFactor)

const isBelow = (value: number, limit: number): boolean => Number.isSafeInteger(value) && value >= 0 && value < limit

const isPurchase = ({ account, own, pooled, terminalNo, terminalSerial, time }: SignedPurchase): boolean =>
  isBelow(account, UINT32_COUNT) &&
  isBelow(own, UINT32_COUNT) &&
  isBelow(pooled, UINT32_COUNT) &&
  isBelow(terminalSerial, UINT32_COUNT) &&
  TERMINAL.test(terminalNo) &&
  isCardTime(time)

const isLoad = ({ balance, amount, loadSerial, keyVersion, random, terminalNo }: InitialisedLoad): boolean =>
  isBelow(balance, UINT32_COUNT) &&
  isBelow(amount, UINT32_COUNT) &&
  isBelow(balance + amount, UINT32_COUNT) &&
  // The card adds one and must not come out at its end.
  isBelow(loadSerial, SERIAL_COUNT - 1) &&
  keyVersion === KEY_VERSION &&
  CODE.test(random) &&
  TERMINAL.test(terminalNo)
