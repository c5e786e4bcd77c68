/** What the fake's pharmacy has on its shelves: a drug for each light. Every code and name is fictitious. */

import type { FakeDrug } from './fake-sums.ts'

const drug = (of: Omit<FakeDrug, 'initials'> & { readonly initials?: string }): FakeDrug => ({ initials: '', ...of })

export const ISATIS = drug({
  code: 'ZA04CAB0099010199999', name: '板蓝根颗粒(测试)', initials: 'blgkl', chargeClass: '01', price: '15.80',
  generic: '板蓝根颗粒', spec: '10g×20袋', barcode: '6900000000017', product: '8360001', units: 20n, traced: true, needsPrescription: false
})
export const IBUPROFEN = drug({
  code: 'XM01AEB211A001010199999', name: '布洛芬缓释胶囊(测试)', initials: 'blfhsjn', chargeClass: '01', price: '18.60',
  generic: '布洛芬', spec: '0.3g×24粒', barcode: '6900000000024', product: '8360002', units: 24n, traced: true, needsPrescription: false, packsPaid: 2n
})
export const VALSARTAN = drug({
  code: 'XC09CAL095A001010199999', name: '缬沙坦胶囊(测试)', initials: 'xstjn', chargeClass: '02', price: '25.39', prePay: 10n,
  generic: '缬沙坦', spec: '80mg×28粒', barcode: '6900000000031', product: '8360003', units: 28n, traced: true, needsPrescription: true, packsPaid: 2n
})
export const VALSARTAN_IMPORTED = drug({
  code: 'XC09CAL095A001010299999', name: '缬沙坦胶囊(进口,测试)', initials: 'xstjnjk', chargeClass: '03', price: '48.00',
  generic: '缬沙坦', spec: '80mg×28粒', barcode: '6900000000048', product: '8360004', units: 28n, traced: true, needsPrescription: true
})
export const AMOXICILLIN = drug({
  code: 'XJ01CAA040A001010199999', name: '阿莫西林胶囊(测试)', initials: 'amxljn', chargeClass: '01', price: '8.46',
  generic: '阿莫西林', spec: '0.25g×24粒', barcode: '6900000000055', product: '8360005', units: 24n, traced: true, needsPrescription: true
})
export const TONIC = drug({
  code: 'ZA09FBB0199020199999', name: '滋补口服液(测试)', initials: 'zbkfy', chargeClass: '03', price: '20.00',
  generic: '滋补口服液', spec: '10ml×10支', barcode: '6900000000062', product: '8360006', units: 10n, traced: true, needsPrescription: false
})
export const ASTRAGALUS = drug({
  code: 'T000000099', name: '黄芪饮片(测试)', initials: 'hqyp', chargeClass: '01', price: '0.125',
  generic: '黄芪', spec: 'g', barcode: '', product: '', units: 1n, traced: false, needsPrescription: false
})
/** One barcode for two items, as small and large packs of one maker have it. */
export const THROAT_SMALL = drug({
  code: 'ZA04DAR0199010199999', name: '润喉片(12片装,测试)', initials: 'rhp', chargeClass: '01', price: '6.00',
  generic: '润喉片', spec: '12片', barcode: '6900000000079', product: '8360007', units: 12n, traced: true, needsPrescription: false
})
export const THROAT_LARGE = drug({
  code: 'ZA04DAR0199010299999', name: '润喉片(24片装,测试)', initials: 'rhp', chargeClass: '01', price: '11.00',
  generic: '润喉片', spec: '24片', barcode: '6900000000079', product: '8360008', units: 24n, traced: true, needsPrescription: false
})

export const SAMPLE_DRUGS: readonly FakeDrug[] = [
  ISATIS,
  IBUPROFEN,
  VALSARTAN,
  VALSARTAN_IMPORTED,
  AMOXICILLIN,
  TONIC,
  ASTRAGALUS,
  THROAT_SMALL,
  THROAT_LARGE
]
