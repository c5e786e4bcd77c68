/**
 * The keys of an issuer and the way down from them to one card. Every key is held at national level; a card's own key is
 * reached factor by factor (PSG 3.1-3.2):
 *
 *   national --province factor--> province --city factor--> city --card factor--> card
 *
 * The 8-byte command MAC keys (STK...) skip the province. Only a personaliser and a simulated PSAM ever see these; a
 * terminal has its PSAM.
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../base/result.ts'
import { fromHex, isHex } from '../bytes/hex.ts'
import type { CipherSuite } from '../crypto/cipher-suite.ts'
import { cityFactor, provinceFactor } from '../crypto/factors.ts'
import { KEY, KEY_NAMES, type KeyLevel, type KeyName } from '../identifier/key-reference.ts'
import { Key } from '../secret/key.ts'

const keyHex = (bytes: number) =>
  z.string().refine((text) => isHex(text) && text.length === 2 * bytes, `must be ${2 * bytes} hexadecimal digits`)

const keyFields = Object.fromEntries(KEY_NAMES.map((name) => [name, keyHex(KEY[name].length)])) as Record<
  KeyName,
  ReturnType<typeof keyHex>
>

/** A key file: who issues, and every key of the cross table in hexadecimal. Nothing may be missing, nothing else added. */
export const issuerKeysSchema = z.strictObject({
  issuer: z.string().min(1),
  keys: z.strictObject(keyFields)
})

export interface IssuerKeys {
  readonly issuer: string
  readonly keys: Readonly<Record<KeyName, Key>>
}

/** `problem` never repeats what was found: it may be a key. */
export interface IssuerKeysInvalid {
  readonly kind: 'issuer-keys-invalid'
  /** Path in the document such as "keys.DPK"; empty for the document itself. */
  readonly field: string
  readonly problem: string
}

/** `json` is the parsed document. */
export function parseIssuerKeys(json: unknown): Result<IssuerKeys, IssuerKeysInvalid> {
  const parsed = issuerKeysSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse({
      kind: 'issuer-keys-invalid',
      field: issue?.path.join('.') ?? '',
      problem: issue?.message ?? 'is no issuer key document'
    })
  }
  const { issuer, keys } = parsed.data
  const entries = KEY_NAMES.map((name) => [name, new Key(name, fromHex(keys[name]))])
  return ok({ issuer, keys: Object.fromEntries(entries) as Record<KeyName, Key> })
}

/** What tells one card's keys from another's. */
export interface CardOfIssuer {
  /** The 6-digit division code that begins item 01. */
  readonly region: string
  /** T6..TD of the answer to reset, 8 bytes. */
  readonly cardFactor: Uint8Array
  readonly suite: CipherSuite
}

type RegionOfIssuer = Omit<CardOfIssuer, 'cardFactor'>

export const masterKey = (issuer: IssuerKeys, name: KeyName): Key => issuer.keys[name]

/** The national key itself where the chain of this key has no province level. */
export const provinceKey = (issuer: IssuerKeys, name: KeyName, { region, suite }: RegionOfIssuer): Key =>
  hasLevel(name, 'province') ? suite.diversify(masterKey(issuer, name), provinceFactor(region)) : masterKey(issuer, name)

export const cityKey = (issuer: IssuerKeys, name: KeyName, { region, suite }: RegionOfIssuer): Key =>
  suite.diversify(provinceKey(issuer, name, { region, suite }), cityFactor(region))

export const cardKey = (issuer: IssuerKeys, name: KeyName, { region, cardFactor, suite }: CardOfIssuer): Key =>
  suite.diversify(cityKey(issuer, name, { region, suite }), cardFactor)

const hasLevel = (name: KeyName, level: KeyLevel): boolean => KEY[name].levels.includes(level)
