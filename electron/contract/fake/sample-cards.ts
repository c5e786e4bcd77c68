/** The fake's tray: one card for each thing that a card can be. Nobody's data: division 999999, 测试一 and his like. */

import type { CardView, CardWarning } from '../card-view.ts'
import { SIMULATED } from '../reader-choice.ts'
import type { ReaderView, TrayCard } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Text, Yuan } from '../text.ts'
import { chainOf } from './fake-chain.ts'
import {
  BLANK_CARD,
  CARD_EXPIRED,
  CARD_LOST,
  CARD_NOT_ACTIVATED,
  LAST_TRY,
  NOT_SOCIAL_SECURITY,
  OTHER_REGION,
  PIN_LOCKED
} from './fake-refusals.ts'

export const FIXTURE_PIN = '246810'
/** What cards are issued with here, as everybody knows. */
export const FIRST_PIN = '123456'

/** What the simulated chip of one tray card holds. */
export interface FakeChip {
  readonly id: string
  readonly title: Text
  readonly version: string
  readonly kind: TrayCard['kind']
  readonly pin: string
  /** null: the account is at the centre. */
  readonly balance: Yuan | null
  readonly triesLeft: number
  readonly view: Omit<CardView, 'presence' | 'account' | 'triesLeft' | 'pinOn' | 'verified' | 'owed'>
  readonly numbers: Readonly<Record<'card-number' | 'citizen-number' | 'account-number', string>>
  /** Why it cannot be read at all. */
  readonly unreadable: RefusalView | null
}

const GENERATION = {
  '1.00': { version: '1.00', name: { zh: '第一代(16K)', en: 'first generation (16K)' } },
  '2.00': { version: '2.00', name: { zh: '第二代(32K)', en: 'second generation (32K)' } },
  '3.00': { version: '3.00', name: { zh: '第三代(非接触)', en: 'third generation (contactless)' } }
} as const

const TEST_REGION: Text = { zh: '测试区', en: 'test region' }
const EMPLOYEE: Text = { zh: '职工基本医疗保险', en: "employees' basic insurance" }
const IN_SERVICE = { code: '11', name: { zh: '在职', en: 'in service' } }
const RETIRED = { code: '12', name: { zh: '退休', en: 'retired' } }

const warning = (kind: CardWarning['kind'], refusal: RefusalView, blocks = true): CardWarning => ({ kind, blocks, refusal })

const EMPLOYEE_VIEW: FakeChip['view'] = {
  generation: GENERATION['2.00'],
  holder: { name: '测试一', sex: { zh: '男', en: 'male' }, age: 36 },
  masked: { 'card-number': '*****4567', 'citizen-number': '**************0018', 'account-number': '********0001' },
  insured: { region: '999999', regionName: TEST_REGION, insutype: '310', insutypeName: EMPLOYEE },
  personClass: IN_SERVICE,
  entitlements: [{ zh: '门诊统筹', en: 'outpatient pooling' }],
  issueDate: '2024-06-03',
  expiryDate: '2034-06-03',
  warnings: []
}

const EMPLOYEE_CHIP: FakeChip = {
  id: 'in-service-32k',
  title: { zh: '在职职工,32K', en: 'Employee in service, 32K' },
  version: '2.00',
  kind: 'social-security',
  pin: FIXTURE_PIN,
  balance: '2760.00',
  triesLeft: 6,
  view: EMPLOYEE_VIEW,
  numbers: { 'card-number': 'A12344567', 'citizen-number': '000000199001010018', 'account-number': '999900000001' },
  unreadable: null
}

const chip = (id: string, title: Text, other: Partial<FakeChip>, view: Partial<FakeChip['view']> = {}): FakeChip => ({
  ...EMPLOYEE_CHIP,
  id,
  title,
  ...other,
  view: { ...EMPLOYEE_VIEW, ...view }
})

export const SAMPLE_CHIPS: readonly FakeChip[] = [
  EMPLOYEE_CHIP,
  chip('retired-32k', { zh: '退休职工,慢病', en: 'Retired, chronic disease' }, { balance: '500.00' }, {
    holder: { name: '测试二', sex: { zh: '女', en: 'female' }, age: 68 },
    personClass: RETIRED,
    entitlements: [
      { zh: '门诊统筹', en: 'outpatient pooling' },
      { zh: '门诊慢特病', en: 'chronic disease' }
    ]
  }),
  chip('in-service-16k', { zh: '在职职工,16K', en: 'Employee in service, 16K' }, { version: '1.00', pin: '2468', triesLeft: 3 }, {
    generation: GENERATION['1.00'],
    holder: { name: '测试三', sex: { zh: '男', en: 'male' }, age: 51 }
  }),
  chip('v3-contactless', { zh: '第三代,非接触', en: 'Third generation, contactless' }, { version: '3.00' }, {
    generation: GENERATION['3.00'],
    holder: { name: '测试四', sex: { zh: '女', en: 'female' }, age: 29 }
  }),
  chip('online-mode', { zh: '账户在中心', en: 'Account at the centre' }, { balance: null }),
  chip('empty-purse', { zh: '账户无余额', en: 'Nothing on the account' }, { balance: '0.00' }),
  chip('low-tries', { zh: '密码只剩一次', en: 'One PIN try left' }, { triesLeft: 1 }, { warnings: [warning('last-try', LAST_TRY, false)] }),
  chip('pin-locked', { zh: '密码已锁定', en: 'PIN locked' }, { triesLeft: 0 }, { warnings: [warning('pin-locked', PIN_LOCKED)] }),
  chip('expired', { zh: '已过期', en: 'Expired' }, {}, { issueDate: '2014-06-03', expiryDate: '2024-12-31', warnings: [warning('expired', CARD_EXPIRED)] }),
  chip('lost', { zh: '已挂失', en: 'Reported lost' }, {}, { warnings: [warning('lost', CARD_LOST)] }),
  chip('not-activated', { zh: '未激活', en: 'Not activated' }, { pin: FIRST_PIN }, { warnings: [warning('not-activated', CARD_NOT_ACTIVATED)] }),
  chip('other-region', { zh: '外地参保', en: 'Insured elsewhere' }, {}, {
    insured: { region: '990100', regionName: { zh: '测试外区', en: 'another test region' }, insutype: '310', insutypeName: EMPLOYEE },
    warnings: [warning('other-region', OTHER_REGION)]
  }),
  chip('bank-card', { zh: '银行卡', en: 'A bank card' }, { kind: 'bank', version: '', unreadable: NOT_SOCIAL_SECURITY }),
  chip('blank', { zh: '空白卡', en: 'A blank card' }, { kind: 'blank', unreadable: BLANK_CARD })
]

export const trayOf = (chips: readonly FakeChip[], inserted: string | null): readonly TrayCard[] =>
  chips.map(({ id, title, version, kind }) => ({ id, title, version, kind, inserted: id === inserted }))

export const SAMPLE_READER: ReaderView = {
  name: 'virtual reader',
  kind: 'virtual',
  slots: [
    { slot: 'card', title: { zh: '用户卡槽', en: 'Card slot' }, holds: null },
    { slot: 'psam', title: { zh: 'PSAM卡槽', en: 'PSAM slot' }, holds: '999999000001' }
  ],
  tray: trayOf(SAMPLE_CHIPS, null),
  pace: 'instant',
  faults: [],
  choice: SIMULATED,
  readers: [],
  answerToReset: null,
  chain: chainOf({ kind: 'virtual', name: 'virtual reader', choice: SIMULATED, trouble: null }, false),
  trouble: null
}

/** The employee's card as the screen has it before and after the PIN. */
export const SAMPLE_CARD: CardView = { ...EMPLOYEE_VIEW, presence: 1, account: { state: 'after-pin' }, triesLeft: 6, pinOn: 'window', verified: false, owed: [] }
export const SAMPLE_CARD_VERIFIED: CardView = { ...SAMPLE_CARD, account: { state: 'on-card', balance: '2760.00' }, verified: true }
