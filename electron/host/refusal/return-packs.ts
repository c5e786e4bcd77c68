/** Packs that come back over the counter: what stands against taking them. */

import { never } from '../../../base/invariant.ts'
import type { ReturnRefusal } from '../../../settlement/case/return-packs.ts'
import { formatQuantity } from '../../../settlement/money/price.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import { MEND } from './advice.ts'
import { badInput, refused, say, type Answers } from './answers.ts'
import { problemsText } from './problem-text.ts'
import { recordRefusalView } from './refund.ts'

export function returnRefusalView(refusal: ReturnRefusal): RefusalView {
  switch (refusal.kind) {
    case 'nothing-returned':
    case 'line-unknown':
    case 'more-than-left':
    case 'code-returned':
    case 'code-not-of-line':
    case 'codes-missing':
      return { kind: refusal.kind, ...packAnswers(refusal) }
    case 'claim-missing':
    case 'settled-anew':
    case 'return-in-doubt':
    case 'bill-unmade':
      return { kind: refusal.kind, ...saleAnswers(refusal) }
    default:
      return recordRefusalView(refusal)
  }
}

type OfPacks = Extract<ReturnRefusal, { kind: 'nothing-returned' | 'line-unknown' | 'more-than-left' | 'code-returned' | 'code-not-of-line' | 'codes-missing' }>
type OfSale = Extract<ReturnRefusal, { kind: 'claim-missing' | 'settled-anew' | 'return-in-doubt' | 'bill-unmade' }>

/** Slips at the counter: nothing has been taken back. */
function packAnswers(refusal: OfPacks): Answers {
  switch (refusal.kind) {
    case 'nothing-returned':
      return badInput({ what: say('没有选择要退的药品', 'nothing was chosen to be returned'), mend: say('请扫描退回药品的追溯码，或填写退回数量', 'scan the packs that came back, or write how many') })
    case 'line-unknown':
      return badInput({
        what: say(`这笔结算没有第${refusal.line}项可退，或该项选了两次`, `line ${refusal.line} of this sale cannot be returned, or was chosen twice`),
        mend: say('请对照结算单重新选择', 'choose from the lines of the statement')
      })
    case 'more-than-left': {
      const [left, asked] = [formatQuantity(refusal.left), formatQuantity(refusal.asked)]
      return badInput({
        what: say(`第${refusal.line}项还可退${left}，要退的是${asked}`, `of line ${refusal.line} ${left} can be returned, ${asked} were asked`),
        mend: say('请核对退回数量', 'correct the quantity')
      })
    }
    case 'code-returned':
      return refused({
        what: say(`追溯码${refusal.code}的药品已经退过`, `the pack with trace code ${refusal.code} was returned before`),
        mend: say('请核对药盒上的追溯码', 'look at the code on the pack')
      })
    case 'code-not-of-line':
      return refused({
        what: say(`追溯码${refusal.code}不是这笔结算第${refusal.line}项售出的`, `the pack with trace code ${refusal.code} was not sold on line ${refusal.line} of this sale`),
        mend: say('请核对结算单上的追溯码；在别的结算中售出的，到那一笔办理退药', 'compare the codes on the statement; a pack of another sale is returned there')
      })
    case 'codes-missing':
      return badInput({
        what: say(
          `第${refusal.line}项退回的药品应扫${refusal.wanted}个追溯码，已扫${refusal.given}个`,
          `line ${refusal.line}: trace codes needed for what comes back: ${refusal.wanted}, scanned: ${refusal.given}`
        ),
        mend: say('请逐盒扫描退回药品的追溯码', 'scan every pack that came back')
      })
    default:
      return never(refusal)
  }
}

function saleAnswers(refusal: OfSale): Answers {
  switch (refusal.kind) {
    case 'claim-missing':
      return refused({
        what: say(`结算号${refusal.settlementId}没有留存明细，不能退单盒`, `settlement ${refusal.settlementId} was kept without its lines: single packs cannot be returned`),
        mend: say('可在结算记录中整笔退费，再重新售药', 'refund it whole from the records, and sell again what stays')
      })
    case 'settled-anew':
      return refused({
        what: say(
          `结算号${refusal.settlementId}已退过药并重新结算（结算号${refusal.by}）`,
          `packs of settlement ${refusal.settlementId} were returned, and the rest is settled as ${refusal.by}`
        ),
        mend: say(`请在结算号${refusal.by}上办理退药`, `return more packs of ${refusal.by}`)
      })
    case 'return-in-doubt':
      return refused({
        what: say(
          `结算号${refusal.settlementId}退药后的重新结算（结算号${refusal.by}）存疑，还没有核实`,
          `the new settlement ${refusal.by} in place of ${refusal.settlementId} is in doubt`
        ),
        mend: MEND.insertAndPin,
        today: say('核实之前请勿再次收费', 'nobody is charged again before that')
      })
    case 'bill-unmade': {
      const { zh, en } = problemsText(refusal.problems)
      return refused({
        what: say(`退药后的结算单无法生成：${zh}`, `the bill of what stays cannot be made: ${en}`),
        mend: say('可在结算记录中整笔退费，再重新售药', 'refund it whole from the records, and sell again what stays')
      })
    }
    default:
      return never(refusal)
  }
}
