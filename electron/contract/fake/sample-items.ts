/** The fake's catalogue, and the twelve lines of its first visit. Every code and name is fictitious. */

import type { CatalogueHit } from '../bill-view.ts'
import type { FakeDrug, FakeItem, FakeLine } from './fake-sums.ts'

const CONSULTATION: FakeItem = { code: '001101000010000-9', name: '普通门诊诊察费(测试)', initials: 'ptmzzcf', chargeClass: '01', price: '15.00' }
const BLOOD: FakeItem = { code: '002501010150000-9', name: '血常规检验(测试)', initials: 'xcgjy', chargeClass: '01', price: '20.00' }
const CT: FakeItem = { code: '002103000010000-9', name: 'CT平扫(测试)', initials: 'ctps', chargeClass: '02', price: '180.00', prePay: 5n }
const ECG: FakeItem = { code: '003107010010000-9', name: '常规心电图检查(测试)', initials: 'cgxdtjc', chargeClass: '01', price: '25.00', ceiling: '20.00' }
const OMEPRAZOLE: FakeItem = { code: 'XA02BCA099A001010199999', name: '奥美拉唑肠溶胶囊(测试)', initials: 'amlzcrjn', chargeClass: '01', price: '12.00', ceiling: '10.00' }
const VALSARTAN: FakeItem = { code: 'XC09CAL095A001010199999', name: '缬沙坦胶囊(测试)', initials: 'xstjn', chargeClass: '02', price: '25.39', prePay: 10n }
const AMOXICILLIN: FakeItem = { code: 'XJ01CAA040A001010199999', name: '阿莫西林胶囊(测试)', initials: 'amxljn', chargeClass: '01', price: '8.456' }
const ASTRAGALUS: FakeItem = { code: 'T000000099', name: '黄芪饮片(测试)', initials: 'hqyp', chargeClass: '01', price: '0.125' }
const INFUSION: FakeItem = { code: 'C0801010090199999999', name: '一次性输液器(测试)', initials: 'ycxsyq', chargeClass: '02', price: '6.50', ceiling: '5.00', prePay: 10n }
const TONIC: FakeItem = { code: 'ZA09FBB0199020199999', name: '滋补口服液(测试)', initials: 'zbkfy', chargeClass: '03', price: '20.00' }
const ISATIS: FakeItem = { code: 'ZA04CAB0099010199999', name: '板蓝根颗粒(测试)', initials: 'blgkl', chargeClass: '01', price: '15.80' }
const RESTRICTED: FakeItem = {
  code: 'XL01XEY000A001010199999',
  name: '限制用药靶向片(测试)',
  initials: 'xzyybxp',
  chargeClass: '02',
  price: '188.00',
  prePay: 20n,
  restriction: '限定适应症,须经审批'
}

export const SAMPLE_ITEMS: readonly FakeItem[] = [
  CONSULTATION,
  BLOOD,
  CT,
  ECG,
  OMEPRAZOLE,
  VALSARTAN,
  AMOXICILLIN,
  ASTRAGALUS,
  INFUSION,
  RESTRICTED,
  TONIC,
  ISATIS
]

export const catalogueHit = ({ code, name, initials, chargeClass, price, restriction, spec = '' }: FakeItem & Partial<Pick<FakeDrug, 'spec'>>): CatalogueHit => ({
  code,
  name,
  initials,
  spec,
  producer: '',
  chargeClass,
  price,
  restriction: restriction ?? null
})

const row = (line: number, item: FakeItem, quantity: string, approval: '0' | '1' | '2' = '0'): FakeLine => ({
  line: String(line),
  item,
  price: item.price,
  quantity,
  approval
})

export const TWELVE_LINES: readonly FakeLine[] = [
  row(1, CONSULTATION, '1'),
  row(2, BLOOD, '1'),
  row(3, CT, '1'),
  row(4, ECG, '1'),
  row(5, OMEPRAZOLE, '3'),
  row(6, VALSARTAN, '4'),
  row(7, AMOXICILLIN, '2'),
  row(8, ASTRAGALUS, '120'),
  row(9, INFUSION, '2'),
  row(10, RESTRICTED, '1', '1'),
  row(11, RESTRICTED, '1', '0'),
  row(12, TONIC, '1')
]

export const THREE_LINES: readonly FakeLine[] = [row(1, CONSULTATION, '1'), row(2, BLOOD, '1'), row(3, ISATIS, '2')]

/** A bill of any length: the twelve lines over and over. */
export const manyLines = (count: number): readonly FakeLine[] =>
  Array.from({ length: count }, (_, index) => ({ ...(TWELVE_LINES[index % TWELVE_LINES.length] ?? row(1, CONSULTATION, '1')), line: String(index + 1) }))
