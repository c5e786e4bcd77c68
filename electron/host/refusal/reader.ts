/** Reader, PSAM, and a card that left the reader while it was being asked. */

import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { EndCause, ModuleFault, ReaderFault, SessionEnded } from '../../../card/session/fault.ts'
import type { ConnectFailure } from '../../../card/reader/card-reader.ts'
import { never } from '../../../base/invariant.ts'
import type { TroubleView } from '../../contract/reader-view.ts'
import type { PsamTrouble } from '../reader/psam-trouble.ts'
import { psamTroubleView, THIS_SYSTEM, troubleView } from '../reader/trouble-view.ts'
import { MEND, NOTHING_CHARGED, TODAY } from './advice.ts'
import { and, outside, refused, say, type Answers } from './answers.ts'

export function connectAnswers(failure: ConnectFailure): Answers {
  switch (failure.kind) {
    case 'no-card':
      return refused({ what: say('读卡器中没有卡，或卡插反了', 'no card in the reader, or it is the wrong way round'), mend: MEND.insertRightWay })
    case 'mute-card':
      return refused({
        what: say('卡没有应答', 'the card does not answer'),
        mend: and(say('请用干布擦净芯片后再插一次', 'wipe the contacts and insert it once more'), MEND.newCard),
        today: TODAY.payAndClaim
      })
    case 'reader-fault':
      return failure.trouble === undefined ? readerAnswers(failure) : troubleAnswers(failure.trouble)
    default:
      return never(failure)
  }
}

/** Nobody at the counter waits until a reader is mended: another window has one. */
export const troubleAnswers = (trouble: ReaderTrouble): Answers => outside({ ...pick(troubleView(trouble, THIS_SYSTEM)), today: TODAY.otherWindow })

export const psamTroubleAnswers = (trouble: PsamTrouble): Answers => outside({ ...pick(psamTroubleView(trouble, THIS_SYSTEM)), today: TODAY.otherWindow })

const pick = ({ what, mend }: TroubleView): Pick<TroubleView, 'what' | 'mend'> => ({ what, mend })

export const readerAnswers = ({ detail }: ReaderFault): Answers =>
  outside({
    what: say('读卡器没有完成与卡的通信', 'the reader could not finish talking with the card'),
    mend: and(say('请重新插卡；仍不行的，检查读卡器连线', "put the card in again; if that does not help, check the reader's cable"), MEND.support),
    today: TODAY.otherWindow,
    detail
  })

const END_CAUSES: Readonly<Record<EndCause, ReturnType<typeof say>>> = {
  'card-removed': say('卡已被取走', 'the card was taken out'),
  'card-reset': say('卡被其他程序复位', 'another program reset the card'),
  'card-swapped': say('卡已换成另一张', 'another card lies in the reader')
}

/** Reading and a PIN take no money, and a settlement that ended here has not reached the debit. */
export const endedAnswers = ({ cause }: Pick<SessionEnded, 'cause'>): Answers =>
  refused({ what: and(END_CAUSES[cause], NOTHING_CHARGED), mend: MEND.insertAgain })

const MODULE_REASONS: Readonly<Record<string, ReturnType<typeof say>>> = {
  'no-psam': say('本机没有PSAM卡', 'there is no PSAM in this terminal'),
  'psam-key-missing': say('PSAM卡中没有该卡的密钥', "the PSAM has no key for this card"),
  'psam-locked': say('PSAM卡已锁定', 'the PSAM is locked'),
  'psam-counter-exhausted': say('PSAM卡的交易序号已用完', 'the PSAM has no terminal serials left'),
  'psam-mac2-wrong': say('PSAM卡判定卡片的应答不真实', 'the PSAM does not accept the card\'s answer as genuine'),
  'psam-answer-malformed': say('PSAM卡应答异常', 'the PSAM gave a malformed answer'),
  'psam-unreachable': say('PSAM卡没有应答', 'the PSAM does not answer')
}

/** A PSAM refuses for this card or for good, and says no more to a terminal than a status word. */
export function moduleAnswers({ reason, statusWord }: Pick<ModuleFault, 'statusWord'> & { readonly reason?: string }): Answers {
  const known = reason === undefined ? undefined : MODULE_REASONS[reason]
  return refused({
    what: and(known ?? say('PSAM卡拒绝', 'the PSAM refused'), NOTHING_CHARGED),
    mend: and(MEND.support, say('PSAM卡由社保部门发放和更换', 'the social-security department issues and replaces PSAMs')),
    today: TODAY.otherWindow,
    ...(statusWord !== 'none' && { detail: statusWord })
  })
}
