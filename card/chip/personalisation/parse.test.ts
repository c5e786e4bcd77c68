import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SAMPLE_CARD } from '../../../test/chip/sample-card.ts'
import { cardUnderTest, testIssuerKeys } from '../../../test/chip/card-under-test.ts'
import { parsePersonalisation } from './parse.ts'
import { personalise } from './personalise.ts'
import { personalisationSchema } from './schema.ts'

const problemsOf = (json: unknown): string[] => {
  const parsed = parsePersonalisation(json)
  return parsed.ok ? [] : parsed.error.problems.map(({ path, value, rule }) => `${path} | ${JSON.stringify(value)} | ${rule}`)
}

const changed = (field: string, value: unknown): object => {
  const [outer = '', inner] = field.split('.')
  if (inner === undefined) return { ...SAMPLE_CARD, [outer]: value }
  return { ...SAMPLE_CARD, [outer]: { ...Reflect.get(SAMPLE_CARD, outer), [inner]: value } }
}

const LINE = { serial: 1, type: 'settlement', terminal: '999999000001', time: '2026-03-15 09:30:15', accountAmount: '1.00' }

describe('a personalisation file', () => {
  it('is taken when it fits', () => expect(problemsOf(SAMPLE_CARD)).toEqual([]))

  it.each([
    ['region', '99999', 'region | "99999" | must be a division code of 6 digits'],
    ['serial', '1', 'serial | "1" | must be 8 hexadecimal digits'],
    ['issue.issueDate', '2026-02-30', 'issue.issueDate | "2026-02-30" | must be a day YYYY-MM-DD'],
    ['issue.expiryDate', '2025-12-31', 'issue.expiryDate | "2025-12-31" | must be later than issue.issueDate 2026-01-01'],
    ['issue.cardNumber', 'A12345675', 'issue.cardNumber | "A12345675" | the check character must be 4'],
    ['holder.birthDate', '2026-01-02', 'holder.birthDate | "2026-01-02" | must not be later than issue.issueDate 2026-01-01'],
    ['holder.name', '试'.repeat(26), `holder.name | "${'试'.repeat(26)}" | takes 52 bytes in GB18030; items 09 and 4E offer 50`],
    ['pin.value', '123', 'pin.value | "(not shown)" | must be 4 to 12 digits'],
    ['pin.value', '1234567890123', 'pin.value | "(not shown)" | must be 4 to 12 digits'],
    ['pin.value', 'secret', 'pin.value | "(not shown)" | must be 4 to 12 digits'],
    ['pin.triesLeft', 7, 'pin.triesLeft | 7 | must be at most pin.triesMax 6'],
    ['purse.balance', '-1.00', 'purse.balance | "-1.00" | must be yuan as a decimal string'],
    ['purse.balance', 100, 'purse.balance | 100 | '],
    ['purse.useMode', 'online', 'purse.balance | "100.00" | must be "0.00" in online mode'],
    ['interface', 'contactless', 'interface | "contactless" | version 2.00 is contact only; contactless needs 3.00'],
    ['keys', { DPK: '11' }, 'keys.DPK | "(not shown)" | must be 8 or 16 bytes in hexadecimal'],
    ['keys', { DPK: '1122334455667788' }, 'keys.DPK | "(not shown)" | must have 16 bytes'],
    ['items', [{ file: 'DF01/EF99', tag: '28', value: '' }], 'items.0.file | "DF01/EF99" | version 2.00 has no such record file'],
    ['items', [{ file: 'DF01/EF06', tag: '99', value: '' }], 'items.0.tag | "99" | DF01/EF06 keeps no such item'],
    ['items', [{ file: 'DF01/EF06', tag: '24', value: '1234567' }], 'items.0.value | "1234567" | must fit cn of 3 bytes'],
    ['medical.institutions', ['0123456789'], 'medical.institutions.0 | "0123456789" | must have at most 9 bytes'],
    ['colour', 'red', 'colour | "red" | no such field'],
    ['purse.colour', 'red', 'purse.colour | "red" | no such field'],
    ['version', '4.00', 'version | "4.00" | '],
    ['kind', 'library', 'kind | "library" | ']
  ])('refuses %s of %j', (field, value, problem) => {
    expect(problemsOf(changed(field, value)).join('\n')).toContain(problem)
  })

  it.each([
    ['holder.name', '测试\u0000一', 'holder.name | "测试<U+0000>一" | must be text without control characters'],
    ['holder.name', '测试\u001b[31m', 'holder.name | "测试<U+001B>[31m" | must be text without control characters'],
    ['holder.name', '测试\n一', 'holder.name | "测试<U+000A>一" | must be text without control characters'],
    ['holder.name', '测试\u202e一', 'holder.name | "测试<U+202E>一" | must be text without control characters'],
    ['holder.name', '测试\ud800', 'holder.name | "测试<U+D800>" | must be text without control characters'],
    ['holder.name', '', 'holder.name | "" | must have a character that can be seen'],
    ['holder.name', ' \u3000 ', 'holder.name | " \u3000 " | must have a character that can be seen'],
    ['medical.accountNumber', '99\u0085', 'medical.accountNumber | "99<U+0085>" | must be text without control characters'],
    ['medical.institutions', ['99\t'], 'medical.institutions.0 | "99<U+0009>" | must be text without control characters'],
    ['items', [{ file: 'DF01/EF06', tag: '28', value: '0\r' }], 'items.0.value | "0<U+000D>" | must be text without control'],
    ['description', 'a\u007f', 'description | "a<U+007F>" | must be text without control characters'],
    ['\u001b[2J', 1, '<U+001B>[2J | 1 | no such field'],
    ['keys', { '\u001b': '11' }, 'keys.<U+001B> | '],
    ['region', ['\u009b', { '\u202e': '\n' }], 'region | ["<U+009B>",{"<U+202E>":"<U+000A>"}] | ']
  ])('refuses %j of %j and prints no control character', (field, value, expected) => {
    const [found = '', ...more] = problemsOf(changed(field, value))
    expect([found.startsWith(expected), found, more]).toEqual([true, found, []])
    expect(found).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })

  it.each([
    ['holder.name', '阿依古丽·买买提'],
    ['holder.name', 'Test One'],
    ['holder.name', '𠮷䶮'],
    ['purse.yearBegins', '02-28'],
    ['purse.yearBegins', '12-31']
  ])('takes %s %s', (field, value) => expect(problemsOf(changed(field, value))).toEqual([]))

  it.each(['06-31', '02-29', '02-30', '00-01', '13-01', '04-00', '1-1'])('no payment year begins on %s', (day) => {
    const rule = 'must be MM-DD, a day of every year'
    expect(problemsOf(changed('purse.yearBegins', day))).toEqual([`purse.yearBegins | "${day}" | ${rule}`])
  })

  it.each(['2024-13-41 99:99:99', '2026-02-29 10:00:00', '2026-03-15 24:00:00', '2026-03-15 10:60:00', '2026-03-15T10:00:00'])(
    'nothing is logged at %s',
    (time) => {
      expect(problemsOf({ ...SAMPLE_CARD, log: [{ ...LINE, time }] })).toEqual([
        `log.0.time | "${time}" | must be a day and time YYYY-MM-DD hh:mm:ss`
      ])
    }
  )

  it('the log begins with the card and runs forward', () => {
    const log = ['2025-12-31 23:59:59', '2026-03-15 09:30:15', '2026-03-15 09:30:14'].map((time) => ({ ...LINE, time }))
    expect(problemsOf({ ...SAMPLE_CARD, log })).toEqual([
      'log.0.time | "2025-12-31 23:59:59" | must not be earlier than issue.issueDate 2026-01-01',
      'log.2.time | "2026-03-15 09:30:14" | must not be earlier than the line before, 2026-03-15 09:30:15'
    ])
  })

  it('the account is opened in the life of its holder and card', () => {
    expect(problemsOf(changed('medical.accountOpened', '1989-12-31'))).toEqual([
      'medical.accountOpened | "1989-12-31" | must not be earlier than holder.birthDate 1990-01-01'
    ])
    expect(problemsOf(changed('medical.accountOpened', '2036-01-02'))).toEqual([
      'medical.accountOpened | "2036-01-02" | must not be later than issue.expiryDate 2036-01-01'
    ])
  })

  it('version 1.00 has no second name item and no offline counters, and 10 log lines', () => {
    const line = { serial: 1, type: 'load', terminal: '999999000001', time: '2026-01-01 00:00:00', accountAmount: '1.00' }
    const problems = problemsOf({
      ...SAMPLE_CARD,
      version: '1.00',
      holder: { ...SAMPLE_CARD.holder, name: '试'.repeat(16) },
      log: Array.from({ length: 11 }, () => line)
    })
    expect(problems).toEqual([
      'offline | {"allowed":true,"amount":"0.00","count":0} | version 1.00 has no temporary-offline items',
      `holder.name | "${'试'.repeat(16)}" | takes 32 bytes in GB18030; item 09 offers 30`,
      'log | "11 lines" | version 1.00 keeps 10'
    ])
  })

  it('anything that is no object is refused', () => {
    for (const json of [null, 'x', 7, []]) expect(problemsOf(json)).not.toEqual([])
  })

  it('publishes a schema in which every field of a card says what it is', () => {
    const schema = JSON.stringify(z.toJSONSchema(personalisationSchema, { io: 'input' }))
    for (const word of ['姓名', '卡有效期', '个人账户余额', 'SSC-LB002', 'never on the chip']) expect(schema).toContain(word)
  })
})

describe('the room that a card has', () => {
  const DECIMAL = 'must be at most 999999.99: item 92 has 8 digits of fen'
  const BINARY = 'must be at most 42949672.95: a log line has 4 bytes for it'
  const v1 = { version: '1.00', offline: undefined }
  const purse = (field: string, value: unknown, more = {}): object => ({
    ...SAMPLE_CARD,
    ...more,
    purse: { ...SAMPLE_CARD.purse, [field]: value }
  })

  it.each([
    ['offline.amount', { ...SAMPLE_CARD, offline: { amount: '1000000.00' } }, `offline.amount | "1000000.00" | ${DECIMAL}`],
    ['offline.count', { ...SAMPLE_CARD, offline: { count: 100 } }, 'offline.count | 100 | '],
    ['log account', { ...SAMPLE_CARD, log: [{ ...LINE, accountAmount: '42949672.96' }] }, `log.0.accountAmount | "42949672.96" | ${BINARY}`],
    ['log own', { ...SAMPLE_CARD, log: [LINE, { ...LINE, ownPayment: '99999999' }] }, `log.1.ownPayment | "99999999" | ${BINARY}`],
    ['log pooled', { ...SAMPLE_CARD, log: [{ ...LINE, pooledPayment: '42949673' }] }, `log.0.pooledPayment | "42949673" | ${BINARY}`],
    ['log serial', { ...SAMPLE_CARD, log: [{ ...LINE, serial: 65_536 }] }, 'log.0.serial | 65536 | '],
    ['balance', purse('balance', '42949672.96'), 'purse.balance | "42949672.96" | version 2.00 holds at most 42949672.95'],
    ['total', purse('pooledPaymentTotal', '1000000', v1), 'purse.pooledPaymentTotal | "1000000" | version 1.00 holds at most 999999.99'],
    ['serial', purse('loadSerial', 65_536), 'purse.loadSerial | 65536 | '],
    ['year', purse('year', 10_000), 'purse.year | 10000 | '],
    ['version 1.00 record', { ...SAMPLE_CARD, ...v1, medical: { ...SAMPLE_CARD.medical, healthRecord: '1' } }, 'medical.healthRecord | "1" | ']
  ])('bounds %s', (_, json, expected) => {
    const problems = problemsOf(json)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(expected)
  })

  it.each([
    { ...SAMPLE_CARD, offline: { allowed: true, amount: '999999.99', count: 99 } },
    { ...SAMPLE_CARD, log: [{ ...LINE, serial: 65_535, accountAmount: '42949672.95', ownPayment: '42949672.95' }] },
    { ...purse('balance', '42949672.95'), keyTriesMax: 15 },
    purse('ownPaymentTotal', '999999.99', v1)
  ])('is used up to its end (%#)', (json) => expect(cardUnderTest(json).atr).toMatch(/^3B6D/))

  const amount = fc.constantFrom('0', '0.01', '100.00', '999999.99', '1000000', '42949672.95', '42949672.96', '99999999.99')
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.string({ unit: 'grapheme', maxLength: 12 }))
  const amountsOfCard = fc.array(amount, { minLength: 4, maxLength: 4 })

  it('is never overrun by a personalisation that was taken', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.constantFrom('1.00', '2.00', '3.00'), amountsOfCard, text, text, (version, amounts, name, other) => {
        const [balance = '', ownPaymentTotal = '', accountAmount = '', offlineAmount = ''] = amounts
        const parsed = parsePersonalisation({
          ...SAMPLE_CARD,
          version,
          holder: { ...SAMPLE_CARD.holder, name },
          medical: { ...SAMPLE_CARD.medical, accountNumber: other, institutions: [other] },
          purse: { balance, ownPaymentTotal },
          offline: version === '1.00' ? undefined : { amount: offlineAmount },
          log: [{ ...LINE, accountAmount }],
          items: [{ file: 'DF01/EF06', tag: '28', value: other }]
        })
        if (!parsed.ok) return
        taken++
        expect(personalise(parsed.value, testIssuerKeys()).ok).toBe(true)
      }),
      { numRuns: 2000, seed: 11 }
    )
    expect(taken).toBeGreaterThan(50)
  })
})

describe('what a personalisation does', () => {
  it('the same twice', () => {
    const [one, two] = [cardUnderTest(SAMPLE_CARD), cardUnderTest(SAMPLE_CARD)].map((card) => card.medium.snapshot())
    expect(one).toEqual(two)
  })

  it('refuses what did not come through the rules', () => {
    const parsed = parsePersonalisation(SAMPLE_CARD)
    if (!parsed.ok || parsed.value.kind !== 'social-security') throw new Error('the sample parses')
    const broken = { ...parsed.value, pin: { ...parsed.value.pin, triesLeft: 9 } }
    expect(personalise(broken, testIssuerKeys())).toMatchObject({ ok: false, error: { kind: 'invalid-personalisation' } })
  })

  it('a further item lands in its file', () => {
    const card = cardUnderTest({ ...SAMPLE_CARD, items: [{ file: 'DF01/EF06', tag: '28', value: '00000000000' }] })
    card.send('0020000003123456')
    card.send('00A4000002DF01')
    expect(card.send('00B2283000')).toBe(`280F${'30'.repeat(11)}000000009000`)
  })
})
