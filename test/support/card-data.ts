/** What was read of a card, for tests that ask no card: in service, insured in 999999 unless it says otherwise. */

import type { CardData } from '../../electron/host/insured-person.ts'

export const cardData = (name = '测试一', region = '999999'): CardData => ({
  identity: {
    identificationCode: '999999D15600000500000001E3D8C079',
    version: '2.00',
    region,
    cardFactor: new Uint8Array(8),
    atr: new Uint8Array(0),
    resetInformation: '',
    cardNumber: 'A12345674',
    cardClass: '3',
    issueDate: '2024-06-03',
    expiryDate: '2034-06-03',
    expired: false,
    algorithm: 'DES'
  },
  holder: {
    socialSecurityNumber: '000000199001010018',
    name,
    sex: 'male',
    ethnicGroup: '01',
    birthplace: '999999',
    birthDate: '1990-01-01'
  },
  medical: {
    insuranceType: '310',
    flags: {
      treatmentElsewhere: false,
      outpatientPooling: true,
      outpatientChronic: false,
      medicalAssistance: false,
      specialCareSubsidy: false
    },
    insuredRegion: region,
    healthRecord: undefined,
    personClass: '11',
    accountOpened: undefined,
    accountNumber: '999900000001',
    medicalCertificate: undefined,
    useMode: 'offline'
  }
})
