/** 2204 upload of charges, 2205 withdrawal of those that are not settled. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { NationalLineRow, NationalVisitRow } from '../../store/national-schema.ts'
import type { CalculatedLine } from '../../../calculation/calculation.ts'
import { chargeProblem } from '../booking/charges.ts'
import { lineResult } from '../booking/setlinfo.ts'
import { classify, prepare } from '../booking/treatment.ts'
import type { Output } from '../envelope/answer.ts'
import type { Fields } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { lostAnswer } from './lost-answer.ts'
import { aheadProblem, beforeProblem } from './service-time.ts'
import { treatmentOf } from './visit-treatment.ts'
import type { Call, Done } from './transaction.ts'
import { visitNamed } from './visit.ts'

/** chrg_bchno of 2205: every line that is not settled. */
const ALL_BATCHES = '0000'

export async function uploadFees(call: Call): Promise<Result<Done, NationalRefusal>> {
  const sent = call.input.list('feedetail')
  const [first] = sent
  if (first === undefined) return refuse(badField('input.feedetail', [], 'must have at least one row 至少一行'))
  const visit = await visitNamed(call, first)
  if (!visit.ok) return visit
  const kept = await linesOf(call, visit.value.mdtrt_id)
  const wrong =
    visitProblem(sent, first) ??
    batchProblem(sent, kept) ??
    aheadProblem(call, sent, 'fee_ocur_time') ??
    beforeProblem(sent, visit.value.begntime) ??
    chargeProblem(call.profile, sent, new Set(kept.map(({ feedetl_sn }) => feedetl_sn)))
  if (wrong !== undefined) return refuse(wrong)
  const treatment = await treatmentOf(call, visit.value, { lines: sent })
  if (!treatment.ok) return treatment
  const prepared = await prepare(call, treatment.value)
  if (!prepared.ok) return prepared
  const classified = classify(prepared.value)
  if (!classified.ok) return classified
  const { items } = await call.rules.catalogue(call.db)
  const output = { result: classified.value.map((line, index) => lineResult(line, items.get(line.line.medListCodg ?? ''), sent[index] ?? first)) }
  const tooLong = lengthProblem(call.profile, sent, output)
  if (tooLong !== undefined) return refuse(tooLong)
  await keepLines(call, visit.value, { sent, calculated: classified.value, place: kept.length })
  return ok({ output, mdtrtId: visit.value.mdtrt_id })
}

/** The answer tells every line, and none of them may be missing from it. */
function lengthProblem({ input_length_max: lengthMax }: Profile, sent: readonly Fields[], output: Output): NationalRefusal | undefined {
  if (JSON.stringify(output).length <= lengthMax) return undefined
  return badField('input.feedetail', `${sent.length} rows`, `the answer would have more than ${lengthMax} characters: split by chrg_bchno 返回超长，请按收费批次拆分`)
}

function visitProblem(sent: readonly Fields[], first: Fields): NationalRefusal | undefined {
  for (const line of sent) {
    for (const field of ['mdtrt_id', 'psn_no']) {
      if (line.text(field) !== first.text(field)) return badField(`${line.path}${field}`, line.text(field), 'one call is about one visit 一次上传只能为同一就诊')
    }
  }
  return undefined
}

/** All lines of a batch come in one call, and they are for one disease. */
function batchProblem(sent: readonly Fields[], kept: readonly NationalLineRow[]): NationalRefusal | undefined {
  const diseases = new Map<string, string>()
  for (const line of sent) {
    const batch = line.text('chrg_bchno')
    const field = `${line.path}chrg_bchno`
    if (batch === ALL_BATCHES) return badField(field, batch, 'is the word for every batch in 2205 不能用作收费批次')
    if (kept.some(({ chrg_bchno }) => chrg_bchno === batch)) {
      return badState(field, batch, 'was uploaded before: a batch goes whole in one call 同一收费批次须一次上传')
    }
    const disease = line.text('dise_codg')
    const other = diseases.get(batch)
    if (other !== undefined && other !== disease) {
      return badField(`${line.path}dise_codg`, disease, `one batch is for one disease, ${batch} has "${other}" 同一批次只能有一个病种`)
    }
    diseases.set(batch, disease)
  }
  return undefined
}

export async function keepLines(
  call: Call,
  visit: Pick<NationalVisitRow, 'mdtrt_id'>,
  { sent, calculated, place }: { readonly sent: readonly Fields[]; readonly calculated: readonly CalculatedLine[]; readonly place: number }
): Promise<void> {
  const rows = calculated.map((line, index): NationalLineRow => {
    const fields = sent[index]
    return {
      mdtrt_id: visit.mdtrt_id,
      feedetl_sn: line.lineNo,
      chrg_bchno: fields?.text('chrg_bchno') ?? '',
      place: place + index,
      setl_id: null,
      amount: line.amount,
      own_pay: line.ownPay,
      over_ceiling: line.overCeiling,
      pre_pay: line.prePay,
      in_scope: line.inScope,
      document: JSON.stringify(fields?.document ?? {})
    }
  })
  await insertRows(call.db, 'national_line', rows)
}

export const linesOf = (call: Call, mdtrtId: string): Promise<NationalLineRow[]> =>
  call.db.selectFrom('national_line').where('mdtrt_id', '=', mdtrtId).selectAll().orderBy('place').execute()

export async function withdrawFees(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const visit = await visitNamed(call, node)
  if (!visit.ok) return visit
  const { mdtrt_id } = visit.value
  const batch = node.text('chrg_bchno')
  const lines = await linesOf(call, mdtrt_id)
  if (batch === ALL_BATCHES) {
    const lost = await lostAnswer(call, mdtrt_id)
    if (lost !== undefined) return refuse(badState('chrg_bchno', batch, lost))
  } else {
    const ofBatch = lines.filter(({ chrg_bchno }) => chrg_bchno === batch)
    if (ofBatch.length === 0) return refuse(badState('chrg_bchno', batch, 'no such batch in the visit 收费批次不存在'))
    const settled = ofBatch.find(({ setl_id }) => setl_id !== null)
    if (settled !== undefined) {
      return refuse(badState('chrg_bchno', batch, `is settled as ${settled.setl_id}: settled lines cannot be withdrawn 已结算明细不能撤销`))
    }
  }
  await call.db
    .deleteFrom('national_line')
    .where('mdtrt_id', '=', mdtrt_id)
    .where('setl_id', 'is', null)
    .$if(batch !== ALL_BATCHES, (rows) => rows.where('chrg_bchno', '=', batch))
    .execute()
  return ok({ output: {}, mdtrtId: mdtrt_id })
}
