/** 持卡人基本信息: SSSE EF06. Free to read on v1.00 and v2.00; v3.00 asks for RKSSSE first. */

import { ok, type Result } from '../../base/result.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { KEY } from '../identifier/key-reference.ts'
import { enter, openFile, readItem, readItems, showKey, type CardContext } from './access.ts'
import type { CardFault } from './fault.ts'
import { dateOf, digitsOf, HOLDER, ISSUER, joinedTextOf, textOf } from './items.ts'

export interface Holder {
  /** 社会保障号码: the citizen number, 18 characters. */
  readonly socialSecurityNumber: string | undefined
  readonly name: string | undefined
  readonly sex: 'male' | 'female' | 'not-stated' | undefined
  /** 2 digits, 01 Han. */
  readonly ethnicGroup: string | undefined
  /** 6 digits. */
  readonly birthplace: string | undefined
  /** YYYY-MM-DD. */
  readonly birthDate: string | undefined
}

const SEX: Readonly<Record<string, Holder['sex']>> = { '1': 'male', '2': 'female', '9': 'not-stated' }

export async function readHolder(context: CardContext): Promise<Result<Holder, CardFault>> {
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  if (context.identity.version === '3.00') {
    const shown = await showKey(context, KEY.RKSSSE)
    if (!shown.ok) return shown
  }
  const opened = await openFile(context, EF.EF06)
  if (!opened.ok) return opened
  const items = await readItems(context, HOLDER)
  if (!items.ok) return items
  const { socialSecurityNumber, name, nameContinued, sex, ethnicGroup, birthplace, birthDate } = items.value
  return ok({
    socialSecurityNumber: textOf(socialSecurityNumber),
    name: joinedTextOf(name, nameContinued),
    sex: SEX[textOf(sex) ?? ''],
    ethnicGroup: digitsOf(ethnicGroup),
    birthplace: digitsOf(birthplace),
    birthDate: dateOf(birthDate)
  })
}

/** 卡号, free except on v3.00, where without a PSAM it stays unknown. Item and key are looked for, never insisted on. */
export async function readCardNumber(context: CardContext): Promise<Result<string | undefined, CardFault>> {
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  if (context.identity.version === '3.00') {
    if (context.psam === undefined) return ok(undefined)
    const shown = await showKey(context, KEY.RKSSSE)
    if (!shown.ok) return unlessEnded(shown)
  }
  const opened = await openFile(context, EF.EF05)
  if (!opened.ok) return unlessEnded(opened)
  const number = await readItem(context, ISSUER.cardNumber)
  return number.ok ? ok(textOf(number.value)) : unlessEnded(number)
}

const unlessEnded = (refusal: { readonly ok: false; readonly error: CardFault }): Result<undefined, CardFault> =>
  refusal.error.kind === 'session-ended' || refusal.error.kind === 'reader-fault' ? refusal : ok(undefined)
