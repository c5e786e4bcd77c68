/** The values that personalisation writes into the record files: path and value of each item, in the words of the tables. */

import { concat } from '../../bytes/bytes.ts'
import { fromHex } from '../../bytes/hex.ts'
import { encodeText } from '../../bytes/text.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import { fenOf } from './amount.ts'
import { cardNumberCheck } from './card-number.ts'
import { encodeItem, findItem } from './item-path.ts'
import { NAME_CONTINUED_LENGTH_MAX, splitName } from './holder-name.ts'
import { invariant } from '../../../base/invariant.ts'
import type { SocialSecurityCard } from './schema.ts'

/** "SSSE/EF05" -> tag -> value; text is still unpadded, digits are packed to their length. */
export type ItemValues = ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>

const RID_AND_TYPE = fromHex('D156000005')
const INITIALISER_PREFIX = '9156000002'
const INITIALISER_SEQUENCE = '01'

const day = (date: string): Uint8Array => packDecimal(date.replaceAll('-', ''), 4)
const text = (value: string): Uint8Array => encodeText(value)
const flag = (value: boolean): string => (value ? '1' : '0')

/** First 12 bytes of item 01; its authentication code is a MAC over them. */
export const identificationBody = ({ region, serial }: SocialSecurityCard): Uint8Array =>
  concat(packDecimal(region, 3), RID_AND_TYPE, fromHex(serial))

export function cardItems(card: SocialSecurityCard, identificationCode: Uint8Array): ItemValues {
  const values = new Map([
    ['SSSE/EF05', issuerItems(card, identificationCode)],
    ['SSSE/EF06', holderItems(card)],
    ['DF04/EF05', card.version === '1.00' ? medicalItemsV1(card) : medicalItems(card)],
    ['DF04/EF06', offlineItems(card)]
  ])
  for (const extra of card.items) {
    const item = findItem(card.version, extra)
    invariant(item.ok, 'the rules have refused an item that the file system does not have')
    const inFile = values.get(extra.file) ?? new Map<number, Uint8Array>()
    values.set(extra.file, inFile.set(item.value.tag, encodeItem(item.value, extra.value)))
  }
  return values
}

function issuerItems(card: SocialSecurityCard, identificationCode: Uint8Array): Map<number, Uint8Array> {
  const { issue, region, version } = card
  const initialiser = `${INITIALISER_PREFIX}${region}${issue.agencyRegion ?? region}${INITIALISER_SEQUENCE}`
  const body = issue.cardNumber.slice(0, 8)
  return new Map([
    [0x01, identificationCode],
    [0x02, text(issue.cardClass)],
    [0x03, text(version)],
    [0x04, packDecimal(initialiser, 0x0c)],
    [0x05, day(issue.issueDate)],
    [0x06, day(issue.expiryDate)],
    [0x07, text(body + cardNumberCheck(body))]
  ])
}

function holderItems({ holder, region }: SocialSecurityCard): Map<number, Uint8Array> {
  const name = splitName(holder.name, NAME_CONTINUED_LENGTH_MAX)
  invariant(name !== undefined, 'the rules have refused a name that is too long')
  return new Map([
    [0x08, text(holder.socialSecurityNumber)],
    [0x09, name.name],
    [0x4e, name.continued],
    [0x0a, text(holder.sex)],
    [0x0b, packDecimal(holder.ethnicGroup, 1)],
    [0x0c, packDecimal(holder.birthplace ?? region, 3)],
    [0x0d, day(holder.birthDate)]
  ])
}

function medicalItems(card: SocialSecurityCard): Map<number, Uint8Array> {
  const { medical, region } = card
  const flags = [
    medical.treatmentElsewhere,
    medical.outpatientPooling,
    medical.chronicDisease,
    medical.medicalAssistance,
    medical.specialCare
  ]
  const [first = '', second = '', third = ''] = medical.institutions
  return new Map([
    [0x81, text(medical.insuranceType + flags.map(flag).join(''))],
    [0x84, packDecimal(medical.insuredRegion ?? region, 3)],
    [0x87, text(medical.healthRecord)],
    [0x83, text(first)],
    [0x86, text(second)],
    [0x89, text(third)],
    ...accountItems(card)
  ])
}

/** v1.00 keeps the institutions at the same tags and knows neither insurance type nor insured region. */
function medicalItemsV1(card: SocialSecurityCard): Map<number, Uint8Array> {
  const [first = '', second = '', third = ''] = card.medical.institutions
  return new Map([[0x83, text(first)], [0x86, text(second)], [0x89, text(third)], ...accountItems(card)])
}

function accountItems({ medical, issue, purse }: SocialSecurityCard): [number, Uint8Array][] {
  return [
    [0x8c, packDecimal(medical.personClass, 1)],
    [0x80, day(medical.accountOpened ?? issue.issueDate)],
    [0x8b, text(medical.accountNumber)],
    [0x8a, text(medical.certificate)],
    [0x8f, text(purse.useMode === 'online' ? '1' : '2')]
  ]
}

function offlineItems({ version, offline }: SocialSecurityCard): Map<number, Uint8Array> {
  if (version === '1.00') return new Map()
  const { allowed = false, amount = '0.00', count = 0 } = offline ?? {}
  return new Map([
    [0x90, text(flag(allowed))],
    [0x92, packDecimal(String(fenOf(amount)), 4)],
    [0x93, text(String(count).padStart(2, '0'))]
  ])
}
