/** 医疗保险基本信息: DF04 EF05. The file opens to the PIN or to the key RK1DF04. */

import { ok, type Result } from '../../base/result.ts'
import { AID } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { KEY } from '../identifier/key-reference.ts'
import { enter, openFile, readItem, readItems, showKey, type CardContext } from './access.ts'
import type { CardFault } from './fault.ts'
import { dateOf, digitsOf, MEDICAL, textOf } from './items.ts'

export type UseMode = 'online' | 'offline'

export interface MedicalInsurance {
  /** 3 digits: 310 employee, 340 retired cadre, 390 residents ...; undefined on v1.00, whose tag 81 means another thing. */
  readonly insuranceType: string | undefined
  readonly flags: {
    /** 异地 */
    readonly treatmentElsewhere: boolean
    /** 门诊统筹 */
    readonly outpatientPooling: boolean
    /** 门诊大病 */
    readonly outpatientChronic: boolean
    /** 医疗救助 */
    readonly medicalAssistance: boolean
    /** 优抚 */
    readonly specialCareSubsidy: boolean
  }
  /** 6 digits; on v1.00, which has no such item, the issuing region. */
  readonly insuredRegion: string | undefined
  readonly healthRecord: string | undefined
  /** 2 digits: 11 employed, 21 retired ... */
  readonly personClass: string | undefined
  /** YYYY-MM-DD. */
  readonly accountOpened: string | undefined
  readonly accountNumber: string | undefined
  readonly medicalCertificate: string | undefined
  /** 用卡方式: where the personal account is kept. */
  readonly useMode: UseMode | undefined
}

const USE_MODE: Readonly<Record<string, UseMode>> = { '1': 'online', '2': 'offline' }

const { accountNumberV1, ...V2_ITEMS } = MEDICAL
const V1_ITEMS = {
  personClass: MEDICAL.personClass,
  accountOpened: MEDICAL.accountOpened,
  accountNumber: accountNumberV1,
  medicalCertificate: MEDICAL.medicalCertificate,
  useMode: MEDICAL.useMode
} as const

export async function readMedical(context: CardContext): Promise<Result<MedicalInsurance, CardFault>> {
  const opened = await openMedicalFile(context, EF.EF05)
  if (!opened.ok) return opened
  const isV1 = context.identity.version === '1.00'
  const items = await readItems<Partial<typeof V2_ITEMS>>(context, isV1 ? V1_ITEMS : V2_ITEMS)
  if (!items.ok) return items
  const { value } = items
  const insurance = textOf(value.insuranceType) ?? ''
  const flag = (place: number): boolean => insurance[place - 1] === '1'
  return ok({
    insuranceType: /^\d{3}/.exec(insurance)?.[0],
    flags: {
      treatmentElsewhere: flag(4),
      outpatientPooling: flag(5),
      outpatientChronic: flag(6),
      medicalAssistance: flag(7),
      specialCareSubsidy: flag(8)
    },
    insuredRegion: isV1 ? context.identity.region : digitsOf(value.insuredRegion),
    healthRecord: textOf(value.healthRecord),
    personClass: digitsOf(value.personClass),
    accountOpened: dateOf(value.accountOpened),
    accountNumber: textOf(value.accountNumber),
    medicalCertificate: textOf(value.medicalCertificate),
    useMode: USE_MODE[textOf(value.useMode) ?? '']
  })
}

export async function readUseMode(context: CardContext): Promise<Result<UseMode | undefined, CardFault>> {
  const opened = await openMedicalFile(context, EF.EF05)
  if (!opened.ok) return opened
  const mode = await readItem(context, MEDICAL.useMode)
  return mode.ok ? ok(USE_MODE[textOf(mode.value) ?? '']) : mode
}

/** For the files of DF04 that the PIN or RK1DF04 opens: with the PIN verified nothing is shown. */
export async function openMedicalFile(context: CardContext, fileId: number): Promise<Result<null, CardFault>> {
  const entered = await enter(context, AID.DF04)
  if (!entered.ok) return entered
  if (!context.access.pinVerified && context.psam !== undefined) {
    const shown = await showKey(context, KEY.RK1DF04)
    if (!shown.ok) return shown
  }
  return openFile(context, fileId)
}
