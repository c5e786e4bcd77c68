import { writeFileSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import type { ReturnedPacks } from '../../../settlement/case/return-bill.ts'
import { returnPacks, type Returned, type ReturnRequest } from '../../../settlement/case/return-packs.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import { parseQuantity } from '../../../settlement/money/price.ts'
import { hexOf } from '../../host/records/fact-hash.ts'
import { centrePathsOf, readCentreFile } from '../../host/sync/centre-files.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, fault, type Failure, type Outcome } from '../failure.ts'
import { returnFailure } from '../refusal-failure.ts'
import { openWritableLedger } from '../writable-ledger.ts'

const SYNOPSIS = 'DB --settlement ID --pack LINE=QUANTITY[=CODE,CODE...]... --reason TEXT --out VISIT'

/** After a run that was interrupted the same words make the same visit again; nothing is taken back twice. */
export const ledgerReturnCommand: Command = {
  name: 'ledger return',
  synopsis: SYNOPSIS,
  summary: 'take single packs of a sale back: the sale is refunded whole, VISIT is the bill of what stays, to be settled anew (退单盒)',
  options: {
    settlement: { type: 'string' },
    pack: { type: 'string', multiple: true },
    reason: { type: 'string' },
    out: { type: 'string' }
  },
  positionals: ['DB'],
  run: (input, { clock }) => {
    const [path = ''] = input.positionals
    const asked = askedOf(input)
    if (!asked.ok) return asked
    const ledger = openWritableLedger(path, { create: false })
    if (!ledger.ok) return ledger
    try {
      const centre = asBadInput(readCentreFile(centrePathsOf(path)))
      if (!centre.ok) return centre
      return takeBack(ledger.value, { ...asked.value.request, time: clock().cardTime, terminal: centre.value?.terminal }, asked.value.out)
    } finally {
      ledger.value.close()
    }
  }
}

interface Asked {
  readonly request: Omit<ReturnRequest, 'time' | 'terminal'>
  readonly out: string
}

function askedOf(input: CommandInput): Result<Asked, Failure> {
  const usage = `ledger return ${SYNOPSIS}`
  const settlementId = required(input, 'settlement', usage)
  if (!settlementId.ok) return settlementId
  const reason = required(input, 'reason', usage)
  if (!reason.ok) return reason
  const out = required(input, 'out', usage)
  if (!out.ok) return out
  const packs: ReturnedPacks[] = []
  for (const text of input.list('pack')) {
    const pack = packOf(text)
    if (pack === undefined) return badInput('bad-option', `--pack "${text}" is not LINE=QUANTITY or LINE=QUANTITY=CODE,CODE`)
    packs.push(pack)
  }
  return ok({ request: { settlementId: settlementId.value, reason: reason.value, packs }, out: out.value })
}

/** "1=2=8360...1,8360...2": two of line 1, with their trace codes. */
function packOf(text: string): ReturnedPacks | undefined {
  const [line = '', count = '', codes = '', ...more] = text.split('=')
  const quantity = parseQuantity(count)
  if (line === '' || quantity === undefined || more.length > 0) return undefined
  return { line, quantity, codes: codes === '' ? [] : codes.split(',') }
}

function takeBack(ledger: Ledger, request: ReturnRequest, out: string): Outcome {
  const returned = returnPacks(ledger, request)
  if (!returned.ok) return returnFailure(returned.error)
  const { bill } = returned.value
  try {
    if (bill !== undefined) writeFileSync(out, `${JSON.stringify(bill, undefined, 2)}\n`)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return fault('cannot-write', `the sale is taken back, ${out} could not be written: ${why}; run it again with another --out`)
  }
  return ok({ text: textOf(returned.value, out), json: jsonOf(returned.value, out) })
}

function textOf({ correction, due, bill }: Returned, out: string): string {
  const { settlementId, correctionId } = correction.fact
  return [
    `整笔已退 taken back whole: ${settlementId}, refund ${correctionId}`,
    `退现金 cash to hand back ${formatFen(due.cash)}; 应退回卡上账户 owed to the card ${formatFen(due.owedToCard)}`,
    bill === undefined
      ? '全部退回，无需重新结算 everything came back, nothing is to be settled anew'
      : `留下的药品请重新结算 settle what stays: caresettle settle --visit ${out}（就诊号 visit ${bill.ipt_otp_no}）`
  ].join('\n')
}

const jsonOf = ({ correction, due, bill }: Returned, out: string) => ({
  medins_setl_id: correction.fact.settlementId,
  correction_id: correction.fact.correctionId,
  corrected_at: correction.fact.correctedAt,
  cash: formatFen(due.cash),
  fund_pay_sumamt: formatFen(due.fund),
  at_centre: formatFen(due.atCentre),
  owed_to_card: formatFen(due.owedToCard),
  visit: bill === undefined ? null : { ipt_otp_no: bill.ipt_otp_no, file: out },
  ledger: { sequence: correction.sequence, hash: hexOf(correction.hash) }
})
