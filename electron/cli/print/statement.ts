/** The settlement statement (医疗费结算单): who, where, every amount, the balance before and after, how it was computed. */

import { formatFen, type Fen } from '../../../settlement/money/fen.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { calculationToWire } from '../../../settlement/wire/calculation-to-wire.ts'
import type { ServedVisit } from '../../host/counter.ts'
import { hexOf, shortHash } from '../../host/records/fact-hash.ts'
import { masked } from '../../host/records/masked.ts'
import { recoveryLine } from '../../host/records/recovery-text.ts'
import { calculationText } from './calculation-text.ts'
import { table } from './columns.ts'

export function statementText(served: ServedVisit, visit: Visit): string[] {
  const { settled, patient, calculation, recoveries } = served
  const { fact } = settled.posting
  const { session, person, policy } = patient
  return [
    ...recoveries.map(recoveryLine),
    '医疗费结算单 Settlement statement (provisional 待中心确认)',
    '',
    ...table(
      [
        ['结算号', 'settlement', fact.settlementId],
        ['机构', 'institution', `${visit.fixmedins_code} ${visit.fixmedins_name ?? ''}`.trimEnd()],
        ['就诊号', 'visit', `${visit.ipt_otp_no}, ${visit.begntime}`],
        ['姓名', 'holder', `${person.psn_name ?? ''}, psn_type ${person.psn_type}, insutype ${person.insutype ?? ''}`],
        ['卡号', 'card', masked(session.identity.cardNumber ?? '')],
        ['政策', 'policy', `${policy.region} ${policy.name.zh} ${policy.name.en}, version ${policy.version}`]
      ],
      ['left', 'left', 'left']
    ),
    '',
    ...calculationText(calculation, { accountKnown: served.accountPlace === 'on-card' }),
    '',
    ...balanceText(served)
  ]
}

const formatOrUnknown = (amount: Fen | undefined): string => (amount === undefined ? '-' : formatFen(amount))

function balanceText({ settled, balanceBefore, accountPlace }: ServedVisit): string[] {
  const { posting, intent, evidence } = settled
  const balance =
    accountPlace === 'on-card'
      ? `卡上余额 balance on the card: ${formatOrUnknown(balanceBefore)} before, ${formatOrUnknown(evidence.balanceAfter)} after`
      : '个人账户在中心,本次未动用卡上余额 the account is at the centre; the card signed only'
  return [
    balance,
    `交易验证码 TAC ${evidence.tac ?? '-'}  MAC2 ${evidence.mac2 ?? '-'}  卡交易序号 serial ${intent.serialBefore} -> ${evidence.serialAfter}` +
      `  终端 terminal ${intent.terminalNo} no. ${intent.terminalSerial}  ${intent.time}`,
    // Printed and handed out, the end of the chain can no longer be cut off unnoticed.
    `账簿链 ledger fact ${posting.sequence} ${shortHash(posting.hash)}`
  ]
}

/** An account at the centre has a balance that nobody here knows: not zero, unknown. */
const ACCOUNT_UNKNOWN = { balc: null, account_before: null, account_after: null } as const

export function statementJson(served: ServedVisit, visit: Visit): object {
  const { settled, calculation, balanceBefore, accountPlace, recoveries } = served
  const { posting, intent, evidence } = settled
  return {
    medins_setl_id: posting.fact.settlementId,
    ipt_otp_no: visit.ipt_otp_no,
    ...calculationToWire(calculation),
    ...(accountPlace === 'on-card' ? {} : ACCOUNT_UNKNOWN),
    balance_before: balanceBefore === undefined ? null : formatFen(balanceBefore),
    balance_after: evidence.balanceAfter === undefined ? null : formatFen(evidence.balanceAfter),
    card: {
      card_id: intent.cardId,
      serial_before: intent.serialBefore,
      serial_after: evidence.serialAfter,
      terminal_no: intent.terminalNo,
      terminal_serial: intent.terminalSerial,
      time: intent.time,
      signed: {
        account: formatFen(intent.amounts.account),
        own: formatFen(intent.amounts.own),
        pooled: formatFen(intent.amounts.pooled)
      },
      tac: evidence.tac ?? null,
      mac2: evidence.mac2 ?? null,
      evidence: evidence.source
    },
    ledger: { sequence: posting.sequence, hash: hexOf(posting.hash) },
    recoveries: recoveries.map(recoveryLine)
  }
}
