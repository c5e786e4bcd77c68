/** Tags of the data items a terminal meets (S37 tables 9 and 42-52; v1.00 after XJ). */

/** SSSE EF05 发卡机构数据, record order 1..7. */
export const ISSUER_ITEM = {
  /** 卡的识别码 region 3 | D1 56 00 00 05 | serial 4 | authentication code 4 */
  IDENTIFICATION_CODE: 0x01,
  CARD_CLASS: 0x02,
  VERSION: 0x03,
  INITIALISER: 0x04,
  ISSUE_DATE: 0x05,
  EXPIRY_DATE: 0x06,
  CARD_NUMBER: 0x07
} as const

/** SSSE EF06 持卡人基本信息. */
export const HOLDER_ITEM = {
  SOCIAL_SECURITY_NUMBER: 0x08,
  NAME: 0x09,
  /** Only when the name does not fit item 09; absent on v1.00. */
  NAME_CONTINUED: 0x4e,
  SEX: 0x0a,
  ETHNIC_GROUP: 0x0b,
  BIRTHPLACE: 0x0c,
  BIRTH_DATE: 0x0d
} as const

/** DF04 EF05 医疗保险基本信息, v2.00. */
export const MEDICAL_ITEM = {
  /** chars 1-3 insurance type, then five 0/1 flags */
  INSURANCE_TYPE: 0x81,
  INSURED_REGION: 0x84,
  HEALTH_RECORD: 0x87,
  PERSON_CLASS: 0x8c,
  ACCOUNT_OPENED: 0x80,
  ACCOUNT_NUMBER: 0x8b,
  MEDICAL_CERTIFICATE: 0x8a,
  /** 用卡方式: 1 online, 2 offline */
  USE_MODE: 0x8f
} as const

/** DF04 EF06 临时脱网结算信息, v2.00. On v1.00 these tags hold balance, yearly own payment, yearly pooled payment. */
export const OFFLINE_ITEM = {
  ALLOWED: 0x90,
  AMOUNT: 0x92,
  COUNT: 0x93
} as const
export const V1_ACCOUNT_ITEM = {
  BALANCE: 0x90,
  YEARLY_OWN_PAYMENT: 0x92,
  YEARLY_POOLED_PAYMENT: 0x93
} as const

/** Elementary files by file identifier; the SFI of EFnn is nn. */
export const EF = {
  EF05: 0xef05,
  EF06: 0xef06,
  EF07: 0xef07,
  EF08: 0xef08,
  EF09: 0xef09,
  EF15: 0xef15
} as const

/** Lengths in bytes of the cyclic records of DF04 (S37 table 9). */
export const TRANSACTION_RECORD_LENGTH = 28
export const SPECIAL_SETTLEMENT_RECORD_LENGTH = 3
