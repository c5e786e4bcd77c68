import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codeOf, findItem, rulesOn } from '../../test/support/ask.ts'
import { judge } from './judge.ts'
import { parseQuestion } from './parse-question.ts'
import { questionSchema } from './question-schema.ts'

const CODE = codeOf('氨氯地平片')
const small = (fields: object = {}): object => ({
  on: '2026-03-10',
  person: { psn_type: '11', insuplc_admdvs: '999999' },
  place: { fixmedins_code: 'P99999900001', admdvs: '999999', kind: 'pharmacy', level: 0 },
  items: [{ med_list_codg: CODE, cnt: '2', pric: '12.50' }],
  ...fields
})

describe('a question as a document', () => {
  it('takes the smallest one: what it does not say is not known', () => {
    const parsed = parseQuestion(small(), findItem)
    expect(parsed.ok && parsed.value).toMatchObject({
      on: '2026-03-10',
      visit: { medType: '41', disease: undefined },
      person: { sex: undefined, born: undefined, inHospital: undefined, insurance: { status: '1', began: undefined }, card: { by: 'card', lost: undefined, isActivated: true } },
      prescription: undefined,
      history: undefined,
      items: [{ line: '1', quantity: 20_000, price: 12_500_000, amount: 2500, days: undefined, packs: [], item: { name: '氨氯地平片(测试)', chargeClass: '01' } }]
    })
  })

  it('takes the example of its schema, and a fund pays it', () => {
    const { examples = [] } = z.toJSONSchema(questionSchema, { io: 'input' })
    const parsed = parseQuestion(examples[0], findItem)
    const [item] = parsed.ok ? judge(rulesOn('2026-03-10'), parsed.value).items : []
    expect(item?.cover).toBe('covered')
  })

  it.each([
    ['XN02AAM030L001010199999', 'N02AAM030'],
    ['XN02AAM030L00101019999', 'N02AA'],
    ['XN02AA01X', 'N02AA'],
    ['XN02A', undefined],
    ['XO02AA01X', undefined],
    ['ZA01BAL0102010199999', undefined]
  ])('reads from the code %s the class %s', (med_list_codg, atc) => {
    const parsed = parseQuestion(small({ items: [{ med_list_codg, cnt: '1', pric: '1', item: { name: '某药(测试)' } }] }))
    expect(parsed.ok && parsed.value.items[0]?.item.atc).toBe(atc)
  })

  it('takes what it says of an item itself, and the rest from the code', () => {
    const item = { name: '某药(测试)', chrgitm_lv: '02' }
    const parsed = parseQuestion(small({ items: [{ med_list_codg: 'XN02AAM030L001010199999', cnt: '1', pric: '1', item }] }))
    expect(parsed.ok && parsed.value.items[0]?.item).toMatchObject({ name: '某药(测试)', chargeClass: '02', kind: 'western', atc: 'N02AAM030', needsPrescription: undefined, isValid: true })
  })

  it.each([
    ['X', 'western'],
    ['ZA01AAG0101010199999', 'patent'],
    ['T000000101', 'pieces'],
    ['T0100100101010199999', 'granules'],
    ['C1407010010199999901', 'consumable'],
    ['001101000010000-9', 'service'],
    ['NMLC999', 'other']
  ])('knows the kind of %s: %s', (code, kind) => {
    const parsed = parseQuestion(small({ items: [{ med_list_codg: code, cnt: '1', pric: '1', item: { name: '某' } }] }))
    expect(parsed.ok && parsed.value.items[0]?.item.kind).toBe(kind)
  })

  it('tells that nothing was dispensed before from not knowing', () => {
    const history = (value: unknown): unknown => {
      const parsed = parseQuestion(small({ history: value }), findItem)
      return parsed.ok ? parsed.value.history : parsed.error
    }
    expect(history([])).toEqual([])
    expect(history(null)).toBeUndefined()
  })

  it.each([
    ['an item that no catalogue knows', { items: [{ med_list_codg: 'XNOTHING', cnt: '1', pric: '1' }] }, 'items[0].med_list_codg', 'XNOTHING', 'must be an item of the catalogue, or be described under "item"'],
    ['one line twice', { items: [{ feedetl_sn: 'a', med_list_codg: CODE, cnt: '1', pric: '1' }, { feedetl_sn: 'a', med_list_codg: CODE, cnt: '1', pric: '1' }] }, 'items[1].feedetl_sn', 'a', 'must be unique on the bill'],
    ['a day that is none', { on: '2026-13-01' }, 'on', '2026-13-01', 'must be a day of the calendar, "YYYY-MM-DD", from 1900 on'],
    ['no items', { items: [] }, 'items', [], 'must have at least one item'],
    ['a number as quantity', { items: [{ med_list_codg: CODE, cnt: 2, pric: '1' }] }, 'items[0].cnt', 2, 'must be a decimal string in quotes, such as "1500.00"'],
    ['a filing of no kind', { person: { psn_type: '11', insuplc_admdvs: '999999', filings: [{ kind: '01', begndate: '2026-01-01' }] } }, 'person.filings[0].kind', '01', expect.stringMatching(/^must be one of "off-site-resident"/)],
    ['a field that there is not', { persons: {} }, 'persons', {}, expect.stringMatching(/^unknown field; allowed here: /)]
  ])('refuses %s', (_, fields, path, value, rule) => {
    const parsed = parseQuestion(small(fields), findItem)
    expect(parsed.ok ? [] : parsed.error).toContainEqual({ path, value, rule })
  })
})
