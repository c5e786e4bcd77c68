/**
 * Why a call is not carried out: infcode -1, with err_msg naming the field, its value and the rule, at most 200 characters.
 * Nothing is booked then. No refusal can be retried as it is: the msgid is spent.
 */

import { never } from '../../../base/invariant.ts'
import type { CalculationRefusal } from '../../calculation/refusal.ts'
import { describeRefusal } from '../../wire/describe-refusal.ts'

export const ERR_MSG_MAX = 200
const VALUE_MAX = 60

export type NationalRefusal =
  /** A field breaks a rule of the interface. */
  | { readonly kind: 'field'; readonly field: string; readonly value: unknown; readonly rule: string }
  /** A field disagrees with what the centre holds. */
  | { readonly kind: 'state'; readonly field: string; readonly value: unknown; readonly rule: string }
  /** The msgid has been here. */
  | { readonly kind: 'repeated'; readonly msgid: string; readonly infno: string; readonly outcome: string }
  | { readonly kind: 'calculation'; readonly refusal: CalculationRefusal }
  /** Asked for by a fault switch. */
  | { readonly kind: 'on-purpose' }

export const badField = (field: string, value: unknown, rule: string): NationalRefusal => ({ kind: 'field', field, value, rule })
export const badState = (field: string, value: unknown, rule: string): NationalRefusal => ({ kind: 'state', field, value, rule })

export function errMsg(refusal: NationalRefusal): string {
  return Array.from(sentence(refusal)).slice(0, ERR_MSG_MAX).join('')
}

function sentence(refusal: NationalRefusal): string {
  switch (refusal.kind) {
    case 'field':
    case 'state':
      return `${refusal.field} ${shown(refusal.field, refusal.value)}: ${refusal.rule}`
    case 'repeated':
      return `msgid ${refusal.msgid}: came before (${refusal.infno}, ${OUTCOMES[refusal.outcome] ?? refusal.outcome}) and is not answered again; ${isSettled(refusal.infno) ? 'find out by 3202 or reverse by 2601' : 'send it under a new msgid'} 报文ID重复，不重复处理也不重复应答`
    case 'calculation': {
      const text = describeRefusal(refusal.refusal)
      return `${text.en} ${text.zh}`
    }
    case 'on-purpose':
      return 'infcode -1 as asked for by x-caresettle-fault or /sandbox/faults 按故障开关返回-1'
    default:
      return never(refusal)
  }
}

/** What 3202 tells of. Anything else may come twice: it is refused where it would do something twice, and says what there is. */
const isSettled = (infno: string): boolean => ['2102', '2103', '2207', '2208'].includes(infno)

const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: 'carried out 已受理',
  refused: 'refused 已拒绝',
  barred: 'barred by 2601 已被冲正禁止',
  reversed: 'reversed by 2601 已冲正'
}

/** Numbers of people are nobody's business in a log: their ends suffice to find the mistake. */
const PERSONAL = /certno|mdtrt_cert_no|psn_name|card_sn/

function shown(field: string, value: unknown): string {
  if (value === undefined) return 'is missing 缺失'
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  // By characters: half of one is none.
  const characters = Array.from(text)
  if (PERSONAL.test(field) && value !== null && characters.length > 2) return `"${characters[0]}***${characters.at(-1)}"`
  return `"${characters.length > VALUE_MAX ? `${characters.slice(0, VALUE_MAX).join('')}...` : text}"`
}
