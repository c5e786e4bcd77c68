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
    ['pin.value', '1234', 'pin.value | "(not shown)" | a PIN of version 2.00 has 6 to 12 digits'],
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
