/** A trouble for the window: the broken link, one sentence, why, and what to do on this operating system. */

import { never } from '../../../base/invariant.ts'
import { sayTrouble } from '../../../card/reader/pcsc/say-trouble.ts'
import type { ReaderTrouble, TroubleSystem, TroubleWords } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { ReaderLink, TroubleView } from '../../contract/reader-view.ts'
import type { Text } from '../../contract/text.ts'
import type { PsamTrouble } from './psam-trouble.ts'

/** Another Unix is told what Linux is told. */
const systemOf = (platform: string): TroubleSystem => (platform === 'win32' || platform === 'darwin' ? platform : 'linux')
export const THIS_SYSTEM: TroubleSystem = systemOf(process.platform)

export const troubleView = (trouble: ReaderTrouble, system: TroubleSystem): TroubleView => ({
  kind: trouble.kind,
  link: linkOf(trouble),
  ...(trouble.kind === 'two-match' && trouble.asked === '' ? NONE_CHOSEN : sayTrouble(trouble, system)),
  detail: detailOf(trouble)
})

export function psamTroubleView(trouble: PsamTrouble, system: TroubleSystem): TroubleView {
  if (trouble.kind === 'psam-reader') return { ...ofPsamReader(troubleView(trouble.trouble, system)), link: linkOfPsamReader(trouble.trouble) }
  return { kind: trouble.kind, link: 'psam', ...psamWords(trouble), detail: trouble.kind === 'psam-not-opened' ? trouble.refusal.kind : null }
}

function linkOf({ kind }: ReaderTrouble): ReaderLink {
  switch (kind) {
    case 'process-gone':
      return 'process'
    case 'module-missing':
      return 'module'
    case 'service-absent':
    case 'service-stopped':
    case 'version-mismatch':
    case 'service-refuses':
    case 'unlisted':
      return 'service'
    case 'no-reader':
    case 'no-such-reader':
    case 'two-match':
    case 'reader-gone':
      return 'reader'
    case 'held-by-other':
    case 'mute-card':
    case 'protocol-fault':
      return 'card'
    default:
      return never(kind)
  }
}

/** What is broken for every reader is broken for the PSAM's too, and is not the PSAM's fault. */
function linkOfPsamReader(trouble: ReaderTrouble): ReaderLink {
  const link = linkOf(trouble)
  return link === 'reader' || link === 'card' ? 'psam' : link
}

const text = (zh: string, en: string): Text => ({ zh, en })

/** Nobody asked for one by name. */
const NONE_CHOSEN: TroubleWords = {
  what: text('接了不止一台读卡器，还没有选定一台', 'More than one reader is plugged in, and none was chosen'),
  cause: text('只接一台时不用选', 'With one reader there is nothing to choose'),
  mend: text('请在“读卡器”界面按“换读卡器”，选定读患者卡的一台', 'Choose the one for patients\u2019 cards on the Reader screen, by “Another reader”')
}

const ofPsamReader = ({ what, ...view }: TroubleView): TroubleView => ({ ...view, what: text(`PSAM卡：${what.zh}`, `PSAM: ${what.en}`) })

type InSlot = Exclude<PsamTrouble, { readonly kind: 'psam-reader' }>

function psamWords(trouble: InSlot): TroubleWords {
  const { reader } = trouble
  switch (trouble.kind) {
    case 'psam-slot-empty':
      return {
        what: text(`PSAM卡槽是空的（${reader}）`, `the PSAM slot is empty (${reader})`),
        cause: text('PSAM卡没有插，或被取走', 'the PSAM was never put in, or was taken out'),
        mend: text('请把PSAM卡插回卡槽，芯片朝里；程序会自动继续', 'put the PSAM back into its slot, chip inwards; the program goes on by itself')
      }
    case 'psam-mute':
      return {
        what: text(`PSAM卡没有应答（${reader}）`, `the PSAM does not answer (${reader})`),
        cause: text('插反了、触点脏了，或卡已损坏', 'it lies the wrong way, its contacts are dirty, or it is broken'),
        mend: text('请取出PSAM卡，擦净芯片，按卡槽上的缺角方向重插；仍不行请联系社保部门更换', 'take the PSAM out, wipe its chip and put it back as the notch of the slot shows; if that does not help, the social-security department replaces it')
      }
    case 'psam-not-opened':
      return {
        what: text(`卡槽里的卡不能作为PSAM使用（${reader}）`, `what lies in the PSAM slot does not serve as one (${reader})`),
        cause: text('插的不是社保PSAM卡，或该PSAM卡已锁定', 'it is no PSAM of the social security, or a locked one'),
        mend: text('请核对PSAM卡是否插错卡槽；PSAM卡由社保部门发放和更换', 'check whether it lies in the right slot; the social-security department issues and replaces PSAMs')
      }
    default:
      return never(trouble)
  }
}

function detailOf(trouble: ReaderTrouble): string | null {
  switch (trouble.kind) {
    case 'module-missing':
    case 'protocol-fault':
    case 'process-gone':
      return trouble.detail
    case 'no-such-reader':
      return `"${trouble.asked}"; ${trouble.there.join(', ') || '-'}`
    case 'two-match':
      return `"${trouble.asked}": ${trouble.matches.join(', ')}`
    case 'unlisted':
      return `${trouble.call} ${trouble.code}`
    case 'service-absent':
    case 'service-stopped':
    case 'version-mismatch':
    case 'service-refuses':
    case 'no-reader':
      return null
    case 'held-by-other':
    case 'reader-gone':
    case 'mute-card':
      return trouble.reader
    default:
      return never(trouble)
  }
}
