/** From a personalisation and the issuer's keys to the card's memory, byte for byte, as a factory would write it. */

import { invariant, never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { concat } from '../../bytes/bytes.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import { cardFactor } from '../../crypto/factors.ts'
import { EF } from '../../identifier/data-item.ts'
import type { IssuerKeys } from '../../issuer/issuer-keys.ts'
import { Key } from '../../secret/key.ts'
import { GENERATIONS, type Generation } from '../file-system/generation.ts'
import { layoutOf, seal, type CardKind } from '../image/image.ts'
import {
  CYCLIC_HEADER_LENGTH,
  PURSE,
  SYSTEM,
  type Layout,
  type PlacedApplication,
  type PlacedKey,
  type PlacedRecord
} from '../image/layout.ts'
import { UNBLOCK_TRIES_MAX } from '../pin.ts'
import { encodeAmounts } from '../purse/amount-file.ts'
import { PURSE_PROFILE_NAMES, PURSE_PROFILES, USE_MODES } from '../purse/purse-profile.ts'
import { encodeLogLine } from '../purse/transaction.ts'
import { APPLICATION_STATES, KEY_LENGTH_AT, KEY_TRIES_LEFT_AT, KEY_TRIES_MAX_AT, KEY_VALUE_AT } from '../running-card.ts'
import { fenOf } from './amount.ts'
import { bankAtr, blankAtr, socialSecurityAtr } from './answer-to-reset.ts'
import { cardItems, identificationBody, type ItemValues } from './card-items.ts'
import { cardKeyFor, type CardKeySource } from './card-keys.ts'
import { emptyValue } from './item-path.ts'
import type { PersonalisationProblem } from './parse.ts'
import { crossFieldProblems } from './rules.ts'
import type { Personalisation, SocialSecurityCard } from './schema.ts'

export type PersonaliseRefusal =
  /** A personalisation that did not come through parsePersonalisation. */
  { readonly kind: 'invalid-personalisation'; readonly problems: readonly PersonalisationProblem[] }

/** The nonvolatile image of a new card. */
export function personalise(card: Personalisation, issuer: IssuerKeys): Result<Uint8Array, PersonaliseRefusal> {
  const problems = crossFieldProblems(card)
  if (problems.length > 0) return refuse({ kind: 'invalid-personalisation', problems })
  switch (card.kind) {
    case 'bank':
      return ok(emptyCard('bank', GENERATIONS['2.00'], bankAtr(card)))
    case 'blank':
      return ok(emptyCard('blank', GENERATIONS[card.version], blankAtr(card)))
    case 'social-security':
      return ok(socialSecurityImage(card, issuer))
    default:
      return never(card)
  }
}

function emptyCard(kind: CardKind, generation: Generation, atr: Uint8Array): Uint8Array {
  const image = newImage(generation, atr)
  seal(image, kind, generation)
  return image
}

function newImage(generation: Generation, atr: Uint8Array): Uint8Array {
  const image = new Uint8Array(layoutOf(generation).size)
  image[SYSTEM.atrLength] = atr.length
  image.set(atr, SYSTEM.atr)
  image[SYSTEM.unblockTriesLeft] = UNBLOCK_TRIES_MAX
  return image
}

function socialSecurityImage(card: SocialSecurityCard, issuer: IssuerKeys): Uint8Array {
  const generation = GENERATIONS[card.version]
  const layout = layoutOf(generation)
  const atr = socialSecurityAtr(card)
  const image = newImage(generation, atr)
  const factor = cardFactor(atr)
  invariant(factor !== undefined, 'a social security card has 13 historical bytes')
  writeSystem(image, card)
  writePurse(image, card)
  writeKeys(image, layout, { card, issuer, cardFactor: factor, suite: generation.suite })
  const values = cardItems(card, identificationCode(image, layout, card))
  for (const application of layout.applications) {
    image[application.state] = APPLICATION_STATES.indexOf(card.blocked.applications[application.name] ?? 'working')
    writeFiles(image, application, values)
  }
  writeLog(image, layout, card)
  seal(image, 'social-security', generation)
  return image
}

function writeSystem(image: Uint8Array, { pin, purse, blocked }: SocialSecurityCard): void {
  const packed = packDecimal(pin.value, Math.ceil(pin.value.length / 2))
  image[SYSTEM.cardBlocked] = blocked.card ? 1 : 0
  image[SYSTEM.pinTriesMax] = pin.triesMax
  image[SYSTEM.pinTriesLeft] = pin.triesLeft ?? pin.triesMax
  image[SYSTEM.pinLength] = packed.length
  image.set(packed, SYSTEM.pin)
  image[SYSTEM.purseProfile] = PURSE_PROFILE_NAMES.indexOf(purse.profile)
  image[SYSTEM.useMode] = USE_MODES.indexOf(purse.useMode)
}

function writePurse(image: Uint8Array, { purse, issue }: SocialSecurityCard): void {
  const amounts = encodeAmounts({
    loadSerial: purse.loadSerial,
    purchaseSerial: purse.purchaseSerial,
    balance: fenOf(purse.balance),
    ownPaymentTotal: fenOf(purse.ownPaymentTotal),
    pooledPaymentTotal: fenOf(purse.pooledPaymentTotal),
    year: purse.year === undefined ? issue.issueDate.slice(0, 4) : String(purse.year),
    yearBegins: purse.yearBegins.replace('-', '')
  })
  image.set(amounts, PURSE.loadSerial)
}

function writeKeys(image: Uint8Array, { applications }: Layout, source: CardKeySource): void {
  for (const placed of applications.flatMap((application) => application.keys)) {
    const key = cardKeyFor(source, placed)
    if (key === undefined) continue
    image[placed.offset + KEY_TRIES_MAX_AT] = source.card.keyTriesMax
    image[placed.offset + KEY_TRIES_LEFT_AT] = source.card.keyTriesMax
    image[placed.offset + KEY_LENGTH_AT] = key.length
    key.expose((bytes) => image.set(bytes, placed.offset + KEY_VALUE_AT))
  }
}

/** Item 01 ends in a MAC under the card's IRK over what precedes it, as a personaliser computes it. */
function identificationCode(image: Uint8Array, layout: Layout, card: SocialSecurityCard): Uint8Array {
  const irk = layout.applications[0]?.keys.find(({ name }) => name === 'IRK')
  invariant(irk !== undefined, 'the SSSE has an IRK')
  const body = identificationBody(card)
  const { suite } = GENERATIONS[card.version]
  return concat(body, suite.mac(keyIn(image, irk), body))
}

function keyIn(image: Uint8Array, { name, offset }: PlacedKey): Key {
  const start = offset + KEY_VALUE_AT
  return new Key(name, image.slice(start, start + (image[offset + KEY_LENGTH_AT] ?? 0)))
}

function writeFiles(image: Uint8Array, application: PlacedApplication, values: ItemValues): void {
  for (const { fid, content } of application.files) {
    const path = `${application.name}/${fid.toString(16).toUpperCase()}`
    if (content.kind === 'records') for (const record of content.records) writeRecord(image, record, values.get(path))
  }
}

function writeRecord(image: Uint8Array, { item, offset }: PlacedRecord, values: ReadonlyMap<number, Uint8Array> | undefined): void {
  image[offset] = item.tag
  image[offset + 1] = item.length
  image.set(emptyValue(item), offset + 2)
  const value = values?.get(item.tag)
  if (value === undefined) return
  invariant(value.length <= item.length, `item ${item.tag} takes ${item.length} bytes, not ${value.length}`)
  image.set(value, offset + 2)
}

/** Oldest first, so that the last line is record 1. */
function writeLog(image: Uint8Array, { applications }: Layout, { log, purse }: SocialSecurityCard): void {
  const file = applications.find(({ name }) => name === 'DF04')?.files.find(({ fid }) => fid === EF.EF08)
  invariant(file?.content.kind === 'cyclic', 'DF04 has a cyclic transaction log')
  const { offset, recordLength } = file.content
  const { types } = PURSE_PROFILES[PURSE_PROFILE_NAMES.indexOf(purse.profile)] ?? {}
  invariant(types !== undefined, 'every profile name has a profile')
  log.forEach((line, index) => {
    const record = encodeLogLine({
      serial: line.serial,
      type: line.type === 'load' ? types.load : types.purchase,
      terminal: packDecimal(line.terminal, 6),
      time: packDecimal(line.time.replaceAll(/\D/g, ''), 7),
      amounts: {
        account: fenOf(line.accountAmount),
        own: fenOf(line.ownPayment),
        pooled: fenOf(line.pooledPayment)
      }
    })
    image.set(record, offset + CYCLIC_HEADER_LENGTH + index * recordLength)
    image.set([index, index + 1], offset)
  })
}
