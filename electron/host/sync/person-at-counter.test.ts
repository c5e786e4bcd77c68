import { describe, expect, it } from 'vitest'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { AskSigned } from './centre-link.ts'
import type { CentreAnswer } from './centre-request.ts'
import { PersonAtCounter } from './person-at-counter.ts'

const PERSON = '000000199001010018'
const OTHER = '000000198207307090'
const row = (fund_pay_type: string) => ({ insutype: '310', fund_pay_type, med_type: null, begndate: '2015-01-01', enddate: null, trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' })

/** A till whose list has 310102 of everybody, and a centre that answers when it is told to. */
function counter({ isThere = true } = {}) {
  const asked: string[] = []
  const answers: ((answer: Result<CentreAnswer, LinkFailure>) => void)[] = []
  const ask: AskSigned = ({ path }) => {
    asked.push(path)
    return new Promise((resolve) => answers.push(resolve))
  }
  let news = 0
  let changes = 0
  const person = new PersonAtCounter({ ask: isThere ? ask : undefined, person: () => ({ entitlements: [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }], insurances: undefined, used: undefined }), formerTo: 0 }, { told: () => (news += 1), known: () => (changes += 1) })
  const answer = async (document: unknown, at = 0): Promise<void> => {
    answers[at]?.(ok({ status: 200, headers: {}, text: JSON.stringify(document) }))
    await new Promise(setImmediate)
  }
  const fail = async (): Promise<void> => {
    answers[0]?.(refuse({ kind: 'network-down', cause: 'no route' }))
    await new Promise(setImmediate)
  }
  const told = (of = PERSON) => person.told(of, '310')?.entitlements.map(({ fund_pay_type }) => fund_pay_type)
  return { person, asked, answer, fail, told, news: () => news, changes: () => changes }
}

const said = (certno: string, ...funds: readonly string[]) => ({ version: '1', people: [{ psn_no: 'P1', certno, entitlements: funds.map(row) }] })

describe('the person at the counter', () => {
  it('is asked about once while the card lies there, and the answer goes before the list', async () => {
    const { person, asked, answer, told, news } = counter()
    void person.is(PERSON)
    void person.is(PERSON)
    expect(asked).toEqual([`/v1/entitlements?certno=${PERSON}`])
    expect(told()).toEqual(['310102'])
    await answer(said(PERSON, '330100'))
    expect(told()).toEqual(['330100'])
    expect(news()).toBe(1)
  })

  it('has a fund closed without a reason where the centre gives none', async () => {
    const { person, answer } = counter()
    void person.is(PERSON)
    await answer({ version: '1', people: [{ certno: PERSON, entitlements: [{ ...row('330100'), trt_chk_rslt: '' }] }] })
    expect(person.told(PERSON, '310')?.entitlements.map(({ trt_chk_rslt }) => trt_chk_rslt)).toEqual([undefined])
  })

  it('is insured as the centre says, of that kind of insurance', async () => {
    const { person, answer } = counter()
    void person.is(PERSON)
    expect(person.told(PERSON, '310')?.insurances).toBeUndefined()
    const insurance = { insutype: '310', insuplc_admdvs: '999999', psn_type: '11', psn_insu_stas: '2', psn_insu_date: '2015-01-01', paus_insu_date: '2026-03-01' }
    await answer({ version: '1', people: [{ certno: PERSON, entitlements: [], insurances: [insurance, { ...insurance, insutype: '390', psn_insu_stas: '1' }] }] })
    expect(person.told(PERSON, '310')?.insurances).toEqual([{ insuplc_admdvs: '999999', psn_type: '11', psn_insu_stas: '2', psn_insu_date: '2015-01-01', paus_insu_date: '2026-03-01' }])
    expect(person.told(PERSON, '340')?.insurances).toEqual([])
    person.listChanged()
    await answer({ version: '1', people: [{ certno: PERSON, entitlements: [], insurances: [insurance, { ...insurance, psn_insu_stas: '?' }] }] }, 1)
    expect(person.told(PERSON, '310')?.insurances).toBeUndefined()
  })

  it('has used of each year what the centre says, of that kind of insurance, and a till’s own facts so far', async () => {
    const { person, answer } = counter()
    const used = () => person.told(PERSON, '310')?.used
    const year = (counters: object, insutype = '310') => ({ insutype, year: 2026, counters })
    const heard = async (at: number, accumulators: unknown, sequence: unknown = 17) => {
      void person.askAgain()
      await answer({ version: '1', sequence, people: [{ certno: PERSON, entitlements: [], accumulators }] }, at)
      return used()
    }
    void person.is(PERSON)
    expect(used()).toBeUndefined()
    await answer(said(PERSON))
    expect(await heard(1, [year({ act_pay_dedc: '400.00' }), year({ act_pay_dedc: '1.00' }, '390'), { ...year({ hifp_pay: '0.05' }), year: 2025 }])).toEqual({
      sequence: 17,
      years: new Map([[2026, { act_pay_dedc: 40_000 }], [2025, { hifp_pay: 5 }]])
    })
    expect(await heard(2, [])).toEqual({ sequence: 17, years: new Map() })
    // A centre that does not say how far it has booked, or says anything that is no amount, says nothing of years.
    expect(await heard(3, [], null)).toBeUndefined()
    expect(await heard(4, [], -1)).toBeUndefined()
    expect(await heard(5, [year({ act_pay_dedc: '-0.01' })])).toBeUndefined()
    expect(await heard(6, [year({ act_pay_dedc: 400 })])).toBeUndefined()
    expect(await heard(7, undefined)).toBeUndefined()
  })

  it('has every fund where the centre names none, whatever the list says', async () => {
    const { person, answer, told } = counter()
    void person.is(PERSON)
    await answer(said(PERSON))
    expect(told()).toEqual([])
  })

  it('is who the list says where the centre does not know of anybody by that number', async () => {
    const { person, answer, told } = counter()
    void person.is(PERSON)
    await answer({ version: '1', people: [] })
    expect(told()).toEqual(['310102'])
  })

  it('is unknown only where the centre was asked about that number and has nobody of it, and is told so once', async () => {
    const { person, answer, changes } = counter()
    void person.is(PERSON)
    expect(person.isUnknown(PERSON)).toBe(false)
    await answer({ version: '1', people: [] })
    expect([person.isUnknown(PERSON), person.isUnknown(OTHER), changes()]).toEqual([true, false, 1])
    void person.askAgain()
    await answer({ version: '1', people: [] }, 1)
    expect([person.isUnknown(PERSON), changes()]).toEqual([true, 1])
    void person.askAgain()
    await answer(said(PERSON), 2)
    expect([person.isUnknown(PERSON), changes()]).toEqual([false, 2])
  })

  it.each([['people that cannot be read', { version: '1', people: [{ psn_no: 'P1' }] }], ['no people', { version: '1' }]])('is not unknown because an answer has %s', async (_, document) => {
    const { person, answer, changes } = counter()
    void person.is(PERSON)
    await answer(document)
    expect([person.isUnknown(PERSON), changes()]).toEqual([false, 0])
  })

  it('is not mistaken for whoever was there before: a late answer is dropped, and another’s number is asked of the list', async () => {
    const { person, asked, answer, told, news } = counter()
    void person.is(PERSON)
    void person.is(OTHER)
    await answer(said(PERSON, '330100'))
    expect(news()).toBe(0)
    await answer(said(OTHER, '320100'), 1)
    expect(told(OTHER)).toEqual(['320100'])
    expect(told(PERSON)).toEqual(['310102'])
    void person.is(undefined)
    expect(told(OTHER)).toEqual(['310102'])
    expect(asked).toHaveLength(2)
  })

  it('is asked about anew when the card comes again, and when the list is another', async () => {
    const { person, asked, answer, told, news } = counter()
    void person.is(PERSON)
    await answer(said(PERSON, '330100'))
    person.listChanged()
    expect([told(), news()]).toEqual([['330100'], 2])
    await answer(said(PERSON), 1)
    expect(told()).toEqual([])
    void person.is(undefined)
    void person.is(PERSON)
    expect(asked).toHaveLength(3)
    expect(told()).toEqual(['310102'])
  })

  it.each([
    ['is no list', { people: 'none' }],
    ['is of another question', { version: '1', cards: [] }]
  ])('an answer that %s tells nothing', async (_, document) => {
    const { person, answer, told, news } = counter()
    void person.is(PERSON)
    await answer(document)
    expect([told(), news()]).toEqual([['310102'], 0])
  })

  it('is who the list says while nobody answers, and while no centre may be asked', async () => {
    const silent = counter()
    void silent.person.is(PERSON)
    await silent.fail()
    expect([silent.told(), silent.news()]).toEqual([['310102'], 0])
    const offline = counter({ isThere: false })
    void offline.person.is(PERSON)
    expect([offline.told(), offline.asked]).toEqual([['310102'], []])
  })
})
