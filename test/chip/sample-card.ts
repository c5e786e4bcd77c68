/**
 * The card of the published sample and worked example: region 510100, ATR serial 00000001, keys from the test issuer. Its
 * records, settlement and load are known to the byte.
 */

export const SAMPLE_CARD = {
  kind: 'social-security',
  version: '2.00',
  region: '510100',
  serial: '00000001',
  issue: { cardNumber: 'A1234567', issueDate: '2026-01-01', expiryDate: '2036-01-01' },
  holder: { name: '张三', socialSecurityNumber: '000000199001010018', sex: '1', birthDate: '1990-01-01' },
  medical: { insuranceType: '310', personClass: '11', outpatientPooling: false, accountOpened: '2026-01-01' },
  pin: { value: '123456' },
  purse: { balance: '100.00', year: 2026, loadSerial: 3, purchaseSerial: 5 },
  offline: { allowed: true }
}

/** Command bytes of the worked settlement (A1 0, A2 128.50, A3 100.00) and load (50.00), SSC-LB002. */
export const WORKED = {
  purchaseRandom: 'A1B2C3D4',
  initializeForPurchase: 'B0280101 13 01 00000000 00003232 00002710 510100000001'.replaceAll(' ', ''),
  debit: 'B02C0100 0F 00000012 20260315093015 A6B1F0A8'.replaceAll(' ', ''),
  mac2: '5C338336',
  tac: 'AF80675D',
  logRecord: '0005 32 510100000001 20260315093015 00000000 00003232 00002710'.replaceAll(' ', ''),
  loadRandom: '0A0B0C0D',
  initializeForLoad: 'B0280001 0B 01 00001388 510100000001'.replaceAll(' ', ''),
  credit: 'B02A0000 0B 20260315093015 85A28E4A'.replaceAll(' ', ''),
  loadTac: '428C9B81'
} as const

export const VERIFY_PIN = '0020000003123456'
