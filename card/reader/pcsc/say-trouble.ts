/**
 * The words for what is broken: the part, the usual cause, the mend, for this operating system. They are read by whoever
 * stands at the counter with a patient waiting: no code, no English name where a Chinese one exists, one step after another.
 */

import { never } from '../../../base/invariant.ts'
import type { ReaderTrouble, TroubleSystem, TroubleText, TroubleWords } from './reader-trouble.ts'
import { MODULE_MEND, NO_READER_MEND, SERVICE_ABSENT_MEND, SERVICE_REFUSES_MEND, SERVICE_STOPPED_CAUSE, SERVICE_STOPPED_MEND, VERSION_MEND } from './trouble-mends.ts'

const text = (zh: string, en: string): TroubleText => ({ zh, en })

const words = (what: TroubleText, cause: TroubleText, mend: TroubleText): TroubleWords => ({ what, cause, mend })

const list = (names: readonly string[], mark: string): string => names.map((name) => `“${name}”`).join(mark)

export function sayTrouble(trouble: ReaderTrouble, system: TroubleSystem): TroubleWords {
  switch (trouble.kind) {
    case 'module-missing':
      return words(
        text('读卡模块无法加载', 'The card reader module cannot be loaded'),
        text(`安装时没有生成，或与本机不符（${trouble.detail}）`, `It was not built at installation, or not for this computer (${trouble.detail})`),
        MODULE_MEND[system]
      )
    case 'service-absent':
      return words(
        text('本机没有智能卡服务', 'This computer has no smart card service'),
        text('智能卡服务从未安装', 'The smart card service was never installed'),
        SERVICE_ABSENT_MEND[system]
      )
    case 'service-stopped':
      return words(text('智能卡服务没有运行', 'The smart card service does not run'), SERVICE_STOPPED_CAUSE[system], SERVICE_STOPPED_MEND[system])
    case 'version-mismatch':
      return words(
        text('智能卡服务与程序库版本不一致', 'The smart card service and its library differ in version'),
        text('只更新了其中一个，或更新后没有重新启动', 'Only one of the two was updated, or the service was not restarted after it'),
        VERSION_MEND[system]
      )
    case 'service-refuses':
      return words(
        text('智能卡服务拒绝了本程序', 'The smart card service refuses this program'),
        text('当前用户没有使用读卡器的权限', 'The user who is logged in may not use card readers'),
        SERVICE_REFUSES_MEND[system]
      )
    default:
      return sayReaderTrouble(trouble, system)
  }
}

type OfReader = Exclude<
  ReaderTrouble,
  { readonly kind: 'module-missing' | 'service-absent' | 'service-stopped' | 'version-mismatch' | 'service-refuses' }
>

function sayReaderTrouble(trouble: OfReader, system: TroubleSystem): TroubleWords {
  switch (trouble.kind) {
    case 'no-reader':
      return words(
        text('没有找到读卡器', 'There is no card reader'),
        text('读卡器没有插好，或没有装驱动', 'It is not plugged in, or its driver is not installed'),
        NO_READER_MEND[system]
      )
    case 'no-such-reader':
      return words(
        text(`没有名称含“${trouble.asked}”的读卡器`, `No reader has “${trouble.asked}” in its name`),
        text(`现在连接着：${list(trouble.there, '、')}`, `Connected now: ${list(trouble.there, ', ')}`),
        text('接上所选的读卡器，或在“读卡器”页重新选择', 'Plug in the chosen reader, or choose another on the Reader page')
      )
    case 'two-match':
      return words(
        text(`不止一个读卡器的名称含“${trouble.asked}”`, `More than one reader has “${trouble.asked}” in its name`),
        text(`都符合：${list(trouble.matches, '、')}`, `These match: ${list(trouble.matches, ', ')}`),
        text('在“读卡器”页选择其中一个的全名', 'Choose one of them by its whole name on the Reader page')
      )
    case 'held-by-other':
      return words(
        text('另一个程序正独占这张卡', 'Another program has this card for itself'),
        text(`读卡器“${trouble.reader}”正被别的软件使用`, `Other software is using the reader “${trouble.reader}”`),
        text('关闭那个软件（例如医院系统的读卡窗口、网银），或等它用完', 'Close that software (the card window of the hospital system, a bank program), or wait until it is done')
      )
    case 'reader-gone':
      return words(
        text('读卡器断开了', 'The card reader is gone'),
        text(`“${trouble.reader}”被拔下，或接触不良`, `“${trouble.reader}” was pulled out, or its plug is loose`),
        text('重新插好读卡器，最好直接插在电脑上；几秒后自动恢复', 'Plug it in again, best straight into the computer; it comes back by itself within seconds')
      )
    case 'mute-card':
      return words(
        text('卡没有应答', 'The card does not answer'),
        text('卡插反了，芯片脏了，或卡已损坏', 'It lies the wrong way round, its chip is dirty, or it is damaged'),
        text('芯片朝上朝前重新插卡；用干布擦净芯片；仍不行请持卡人到社保卡服务网点换卡', 'Put it in again, chip up and first; wipe the chip with a dry cloth; if that does not help, the holder asks for a new card')
      )
    case 'protocol-fault':
      return words(
        text('读卡器与卡之间通信出错', 'Reader and card do not understand each other'),
        text(`“${trouble.reader}”报告：${trouble.detail}`, `“${trouble.reader}” reports: ${trouble.detail}`),
        text('取出卡再插一次；同一张卡总是这样就换一台读卡器试', 'Take the card out and put it in again; if it is always this card, try it in another reader')
      )
    case 'process-gone':
      return words(
        text('读卡进程中断，正在自动恢复', 'The reader process broke off and is coming back by itself'),
        text(trouble.detail, trouble.detail),
        text('请稍候几秒；反复出现请重新插拔读卡器并联系技术支持', 'Wait a few seconds; if it happens again and again, plug the reader in anew and call technical support')
      )
    case 'unlisted':
      return words(
        text('读卡器报告了不认识的错误', 'The reader reports an error that is not known'),
        text(`${trouble.call}，代码 ${trouble.code}`, `${trouble.call}, code ${trouble.code}`),
        text('重新插拔读卡器再试；仍不行请把代码告诉技术支持', 'Plug the reader in anew and try again; if that does not help, tell technical support the code')
      )
    default:
      return never(trouble)
  }
}
