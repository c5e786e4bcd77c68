import { describe, expect, it } from 'vitest'
import { ask, pack, questionOf, rulesOn } from '../../test/support/ask.ts'
import { judge } from './judge.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { EFFECTS } from './findings.ts'
import { MENDERS, REASON_KINDS, type Reason, type ReasonKind } from './reason.ts'
import { menderOf, sayReason, sayVerdict } from './say-reason.ts'

const HAN = /\p{Script=Han}/u
const GAP = /[{}[\]]|undefined/

/** A value for every name that a sentence may ask for. */
const EVERYTHING: Readonly<Record<string, string>> = Object.fromEntries(
  'reported until expired since from months broken fund why insured place filing fact code settlement on wanted found number issued drugs limit quantity prescribed unit days visit item restriction sex age below level kind levels kinds admitted diagnoses last used left atc disease filed places sales asked'
    .split(' ')
    .map((name) => [name, '7'])
)

const reason = (kind: ReasonKind, values: Readonly<Record<string, string>>, effect: Reason['effect'] = 'own-money'): Reason => ({
  kind,
  effect,
  funds: 'every',
  values,
  rule: BUILT_IN.class
})

describe.each(REASON_KINDS)('%s', (kind) => {
  it.each([
    ['with everything that may be known', EVERYTHING],
    ['with nothing known', {}]
  ])('says in both languages what is wrong, and who mends it, %s', (_, values) => {
    const said = sayReason(reason(kind, values))
    for (const words of [said.what, said.mend, said.today].filter((text) => text !== null)) {
      expect(words.zh).toMatch(HAN)
      expect(words.en).not.toMatch(HAN)
      expect(words.en.length).toBeGreaterThan(5)
      expect(words.zh).not.toBe(words.en)
      expect(`${words.zh}${words.en}`).not.toMatch(GAP)
    }
    expect(MENDERS).toContain(menderOf(kind))
  })
})

describe('what each sentence may leave out', () => {
  it('has no sentence that is the same as another', () => {
    const texts = REASON_KINDS.map((kind) => sayReason(reason(kind, EVERYTHING)).what)
    expect(new Set(texts.map(({ zh }) => zh)).size).toBe(REASON_KINDS.length)
    expect(new Set(texts.map(({ en }) => en)).size).toBe(REASON_KINDS.length)
  })

  it('counts one in English as it counts many: "days: 1", never "1 days"', () => {
    const ofOne = { ...EVERYTHING, days: '1', months: '1', broken: '1', limit: '1', used: '1', left: '1', unit: 'days' }
    const texts = REASON_KINDS.flatMap((kind) => Object.values(sayReason(reason(kind, ofOne))).map((words) => words?.en ?? ''))
    expect(texts.filter((en) => /\b1 (are|[a-z]+s)\b/.test(en))).toEqual([])
  })

  it('tells the pharmacist to look where the class of a drug is not known', () => {
    expect(sayReason(reason('atc-unknown', {}, 'asks'))).toEqual({
      what: {
        zh: '不清楚此药的 ATC 分类，按分类的规则（特殊管理药品、重复用药等）未作判断',
        en: 'Its ATC class is not known: the rules by class (controlled drugs, doubled therapy and others) were not decided.'
      },
      mend: { zh: '核对药品类别，并在药品目录中补录 ATC 代码', en: 'Look what kind of drug it is, and state its ATC code in the catalogue.' },
      today: { zh: '核实后即可继续', en: 'It goes on when that is clear.' }
    })
  })

  it('answers what can be done today for every effect but a note', () => {
    expect(EFFECTS.filter((effect) => sayReason(reason('class-c', {}, effect)).today === null)).toEqual(['note'])
  })
})

it('the source of a rule that no place sets is named in both languages', () => {
  const sources = Object.values(BUILT_IN).map(({ source }) => source)
  expect(sources.filter(({ zh, en }) => !HAN.test(zh) || HAN.test(en))).toEqual([])
})

describe('the words of a real verdict', () => {
  const first = (asked: Parameters<typeof ask>[0]) => {
    const [item] = ask(asked).items
    if (item === undefined) throw new Error('no item')
    return item
  }

  it('answers the three questions of somebody in arrears', () => {
    const [arrears] = first({ person: { arrears_since: '2026-01-01' } }).reasons
    expect(arrears && sayReason(arrears)).toEqual({
      what: { zh: '自 2026-01-01 起欠缴医保费', en: 'Premiums are owed since 2026-01-01.' },
      mend: { zh: '由单位（或本人到社区）补缴', en: 'The employer pays what is owed, or the person through the community.' },
      today: { zh: '今天先自付并保留发票，事后到经办窗口申请报销', en: 'Pay today, keep the invoice, claim at the service window afterwards.' }
    })
    expect(arrears?.rule).toEqual({
      pack: 'national 2026.1',
      path: 'arrears[0]',
      source: { zh: '公开须知000、003：欠缴医保费，待遇停止', en: 'public notices 000 and 003: arrears stop the benefits' },
      certainty: 'published'
    })
  })

  it('does not say that a drug can be bought today where another reason forbids to sell it, nor from the account of a lost card', () => {
    const told = (asked: Parameters<typeof ask>[0]) => {
      const verdict = first(asked)
      return verdict.reasons.map((one) => [one.kind, sayReason(one, verdict).today?.zh ?? null])
    }
    expect(told({ prescription: null, items: [pack('利妥昔单抗注射液', { hosp_appr_flag: '1' })], place: { dual_channel: true } })).toEqual([
      ['prescription-missing', '今天不能售出'], ['institution-level', null], ['special-drug-not-filed', null], ['class-b', null], ['negotiated-drug', null], ['dual-channel-drug', null]
    ])
    expect(told({ items: [pack('氨氯地平进口片')], person: { card: { lost: { report: 'formal', on: '2026-03-01' } } } })).toEqual([
      ['card-lost-formally', '可改用医保电子凭证；否则先付现金，领卡后凭发票报销'], ['class-c', null]
    ])
  })

  it.each([
    ['nothing against it', {}, '医保支付', 'Covered.'],
    ['class B', { items: [pack('氨氯地平分散片')] }, '医保支付：乙类，先自付一部分', 'Covered: class B: a part is paid by the person first.'],
    ['class C', { items: [pack('氨氯地平进口片')] }, '自费：丙类，全部自费', 'Own money: class C: all of it is own pay.'],
    ['a lost card', { person: { card: { lost: { report: 'formal', on: '2026-03-01' } } } }, '只收现金：该卡已于 2026-03-01 正式挂失', 'Cash only: the card was formally reported lost on 2026-03-01.'],
    ['no prescription', { prescription: null }, '不得售出：没有处方', 'May not be sold: there is no prescription.'],
    ['28 days of which 7 are paid', { items: [pack('氨氯地平片', { cnt: '4', prd_days: 28 })] }, '部分支付（数量 1）：用量 28 天，医保支付 7 天（普通门诊）', 'Covered in part (quantity 1): days of supply: 28; a fund pays 7 (ordinary).'],
    ['a day nearly used up, and fewer days', { items: [pack('氨氯地平片', { cnt: '4', prd_days: 28, pric: '10.00' })], used: { today: '480.00' } }, '部分支付（数量 1）：用量 28 天，医保支付 7 天（普通门诊）', 'Covered in part (quantity 1): days of supply: 28; a fund pays 7 (ordinary).'],
    ['days, and a day of which less is left', { items: [pack('氨氯地平片', { cnt: '4', prd_days: 28, pric: '10.00' })], used: { today: '497.00' } }, '部分支付（3.00 元）：超过每日限额 500.00 元（已用 497.00 元，剩 3.00 元）', 'Covered in part (3.00 yuan): over the limit of 500.00 yuan a day (497.00 used, 3.00 left).'],
    ['for women', { items: [pack('黄体酮胶囊')] }, '自费：仅女性可支付', 'Own money: paid for women only.'],
    ['not at level 0', { items: [pack('利妥昔单抗注射液', { hosp_appr_flag: '1' })], person: { filings: [{ kind: 'dual-channel', begndate: '2026-01-01' }] }, place: { dual_channel: true } }, '自费：在未定级药店不予支付（限三级）', 'Own money: not paid at a pharmacy (unrated); levels that count: level 3.']
  ])('%s in one sentence', (_, asked, zh, en) => {
    expect(sayVerdict(first(asked))).toEqual({ zh, en })
  })

  it('leaves no gap in any sentence of any reason that a verdict has', () => {
    const question = questionOf({ items: ['氨氯地平片', '氨氯地平分散片', '缬沙坦片', '缬沙坦胶囊', '人参饮片'].map((name) => pack(name, { prd_days: 40 })), person: { in_hospital: true, insuplc_admdvs: '110101' }, history: null })
    const texts = judge(rulesOn('2026-03-10'), question).items.flatMap((item) => [sayVerdict(item), ...item.reasons.map((one) => sayReason(one).what)])
    expect(texts.filter(({ zh, en }) => GAP.test(`${zh}${en}`))).toEqual([])
    expect(texts.length).toBeGreaterThan(20)
  })
})
