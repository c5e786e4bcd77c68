/**
 * The personalisation file: what an issuer decides about one card, in JSON. Shape only; what one field means for another is
 * in rules.ts. Everything visibly fake: division code 999999, social security numbers that begin with 000000.
 */

import { z } from 'zod'
import { APPLICATION_NAMES } from '../file-system/table.ts'
import { VERSIONS } from '../file-system/generation.ts'
import { KEY_NAMES } from '../../identifier/key-reference.ts'
import { PURSE_PROFILE_NAMES, USE_MODES } from '../purse/purse-profile.ts'

const text = (pattern: RegExp, rule: string) => z.string().regex(pattern, rule)

const region = text(/^\d{6}$/, 'must be a division code of 6 digits')
const amount = text(/^\d{1,8}(\.\d{1,2})?$/, 'must be yuan as a decimal string with at most 8 digits and 2 places, such as "100.00"')
const date = z.iso.date('must be a day YYYY-MM-DD')
// What would move a cursor, end a text early on the card, or turn it round on a screen; lone surrogates are no characters.
const plainText = text(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be text without control characters')
const shortText = (bytes: number) => plainText.describe(`at most ${bytes} bytes in GB18030`)
const hexBytes = (bytes: number) =>
  text(new RegExp(`^[0-9A-Fa-f]{${2 * bytes}}$`), `must be ${2 * bytes} hexadecimal digits`)
const serialNumber = z.int().min(0).max(0xffff)

const description = plainText.describe('What this card is for, in one line').optional()

const chip = z
  .strictObject({
    maker: hexBytes(2).default('0081').describe('T1-T2 of the historical bytes: chip maker'),
    system: hexBytes(3).default('544C34').describe('T3-T5: name and version of the card operating system'),
    cardMaker: hexBytes(2).default('8660').describe('T6-T7: card maker')
  })
  .prefault({})
  .describe('Makers, as the answer to reset names them')

const holder = z
  .strictObject({
    name: plainText.regex(/\S/, 'must have a character that can be seen').describe('姓名; what does not fit item 09 (30 bytes in GB18030) goes to item 4E (20 bytes)'),
    socialSecurityNumber: text(/^\d{17}[\dX]$/, 'must be 17 digits and a digit or X').describe('社会保障号码'),
    sex: z.enum(['1', '2', '9']).describe('性别: 1 male, 2 female, 9 not stated'),
    ethnicGroup: text(/^\d{2}$/, 'must be 2 digits').default('01').describe('民族: 01 Han ...'),
    birthplace: region.optional().describe('出生地; the card\'s region unless given'),
    birthDate: date.describe('出生日期')
  })
  .describe('Who the card belongs to (SSSE EF06)')

const issue = z
  .strictObject({
    cardClass: z.enum(['1', '2', '3', '4']).default('3').describe('卡的类别: 1 preschool, 2 student, 3 adult, 4 elder'),
    cardNumber: text(/^[A-Z0-9]{8}[0-9X]?$/, 'must be 8 letters or digits and perhaps the check character')
      .describe('卡号; the check character is computed when only 8 are given'),
    issueDate: date.describe('发卡日期'),
    expiryDate: date.describe('卡有效期'),
    agencyRegion: region.optional().describe('Region of the agency that initialised it; the card\'s region unless given')
  })
  .describe('What the issuer says of the card (SSSE EF05)')

const medical = z
  .strictObject({
    insuranceType: z
      .enum(['310', '340', '360', '380', '390', '391'])
      .describe('险种: 310 employees, 340 retired cadres, 360 Red Army, 380 rural, 390 residents, 391 town residents'),
    treatmentElsewhere: z.boolean().default(false).describe('异地'),
    outpatientPooling: z.boolean().default(true).describe('门诊统筹'),
    chronicDisease: z.boolean().default(false).describe('门诊大病'),
    medicalAssistance: z.boolean().default(false).describe('医疗救助'),
    specialCare: z.boolean().default(false).describe('优抚'),
    insuredRegion: region.optional().describe('参保地区划; the card\'s region unless given'),
    personClass: text(/^\d{2}$/, 'must be 2 digits').describe('人员类别: 11 employed, 21 retired, 31 retired cadre, 91 other ...'),
    accountOpened: date.optional().describe('个人账户建立日期'),
    accountNumber: shortText(0x1d).default('').describe('个人账号'),
    certificate: shortText(0x0f).default('').describe('医疗证号'),
    healthRecord: shortText(0x11).default('').describe('健康档案编号'),
    institutions: z.array(shortText(0x09)).max(3).default([]).describe('定点医疗机构代码 1-3')
  })
  .describe('Medical insurance (DF04 EF05)')

const pin = z
  .strictObject({
    value: text(/^\d{4,12}$/, 'must be 4 to 12 digits').describe('The PIN, 4 to 12 digits on every version; visibly fake'),
    triesMax: z.int().min(1).max(15).default(6).describe('Wrong entries in a row until the PIN locks'),
    triesLeft: z.int().min(0).max(15).optional().describe('0: locked; the limit unless given')
  })
  .describe('The holder\'s PIN')

const DAY_OF_EVERY_YEAR =
  /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$/

const purse = z
  .strictObject({
    profile: z.enum(PURSE_PROFILE_NAMES).default('SSC-LB002').describe('Dialect of the purse commands'),
    useMode: z.enum(USE_MODES).default('offline').describe('用卡方式: online, the card signs only; offline, its balance is spent'),
    balance: amount.default('0.00').describe('个人账户余额 in yuan'),
    ownPaymentTotal: amount.default('0.00').describe('年度个人自付累计 in yuan'),
    pooledPaymentTotal: amount.default('0.00').describe('年度统筹支付累计 in yuan'),
    year: z.int().min(1999).max(2999).optional().describe('Payment year of the totals; that of issue unless given'),
    yearBegins: text(DAY_OF_EVERY_YEAR, 'must be MM-DD, a day of every year')
      .default('01-01')
      .describe('Day on which a payment year begins'),
    loadSerial: serialNumber.default(0).describe('Loads so far'),
    purchaseSerial: serialNumber.default(0).describe('Settlements so far')
  })
  .prefault({})
  .describe('The personal account on the chip')

const offline = z
  .strictObject({
    allowed: z.boolean().default(false).describe('准许脱网标识'),
    amount: amount.default('0.00').describe('脱网累计金额 in yuan, at most 999999.99'),
    count: z.int().min(0).max(99).default(0).describe('脱网累计次数')
  })
  .describe('Temporary offline counters (DF04 EF06); not on version 1.00')

const TIME_RULE = 'must be a day and time YYYY-MM-DD hh:mm:ss'
const dayAndTime = text(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, TIME_RULE).refine(
  (time) => date.safeParse(time.slice(0, 'YYYY-MM-DD'.length)).success,
  { error: TIME_RULE, when: ({ issues }) => issues.length === 0 }
)

const logLine = z.strictObject({
  serial: serialNumber.describe('Serial before the transaction'),
  type: z.enum(['load', 'settlement']),
  terminal: text(/^\d{12}$/, 'must be 12 digits').describe('终端机编号'),
  time: dayAndTime,
  accountAmount: amount.describe('个人账户支付 or 圈存 in yuan, at most 42949672.95'),
  ownPayment: amount.default('0.00'),
  pooledPayment: amount.default('0.00')
})

const extraItem = z.strictObject({
  file: text(/^(SSSE|DF0[1-7])\/EF[0-9A-F]{2}$/, 'must be a path such as "DF01/EF06"'),
  tag: hexBytes(1),
  value: plainText.describe('Text for an item of type an, digits for one of type cn')
})

const blocked = z
  .strictObject({
    card: z.boolean().default(false).describe('6A81 to every command'),
    applications: z
      .partialRecord(z.enum(APPLICATION_NAMES), z.enum(['blocked', 'locked']))
      .default({})
      .describe('blocked: until APPLICATION UNBLOCK; locked: for good')
  })
  .prefault({})

/** Key versions 2 and 3 of the purse exist only where a file names them. */
export const KEY_OVERRIDE_NAMES = [...KEY_NAMES, 'DPK2', 'DPK3', 'DLK2', 'DLK3'] as const

const keys = z
  .partialRecord(z.enum(KEY_OVERRIDE_NAMES), text(/^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})$/, 'must be 8 or 16 bytes in hexadecimal'))
  .default({})
  .describe('Card keys that are not derived from the issuer\'s; a wrong IRK makes a counterfeit')

const backOffice = z
  .strictObject({
    lost: z.enum(['temporary', 'formal']).optional().describe('Reported lost: by phone, or in person'),
    activated: z.boolean().default(true)
  })
  .prefault({})
  .describe('What only the back office knows: never on the chip')

const socialSecurityCard = z.strictObject({
  kind: z.literal('social-security'),
  description,
  version: z.enum(VERSIONS).describe('规范版本; 3.00 with a stand-in for its cipher'),
  interface: z.enum(['contact', 'contactless']).default('contact').describe('Contactless from version 3.00 on'),
  region: region.describe('Issuing region, 6 digits'),
  serial: hexBytes(4).describe('TA-TD of the answer to reset and part of item 01; unique in its region'),
  chip,
  issue,
  holder,
  medical,
  pin,
  purse,
  offline: offline.optional(),
  log: z.array(logLine).default([]).describe('Transactions already in DF04 EF08, oldest first'),
  items: z.array(extraItem).default([]).describe('Any further item of the file system'),
  keyTriesMax: z.int().min(1).max(15).default(15).describe('Wrong EXTERNAL AUTHENTICATE until a key locks'),
  keys,
  blocked,
  backOffice
})

const blankCard = z.strictObject({
  kind: z.literal('blank'),
  description,
  version: z.enum(VERSIONS),
  chip,
  manufactured: date.describe('T8-TA of the answer to reset'),
  counter: hexBytes(3).default('000001').describe('TB-TD of the answer to reset')
})

const bankCard = z.strictObject({
  kind: z.literal('bank'),
  description,
  historicalBytes: hexBytes(12).default('484453303031383630000001').describe('The answer to reset is 3B 6C 00 00 and these')
})

export const personalisationSchema = z
  .discriminatedUnion('kind', [socialSecurityCard, blankCard, bankCard])
  .describe('One simulated card: social-security, blank (made, not personalised) or bank (the wrong card)')

export type Personalisation = z.output<typeof personalisationSchema>
export type SocialSecurityCard = z.output<typeof socialSecurityCard>
export type BlankCard = z.output<typeof blankCard>
export type BankCard = z.output<typeof bankCard>
