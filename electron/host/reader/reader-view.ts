/** The reader for the window: who serves, what lies in the slots, what is broken. */

import { fromHex } from '../../../card/bytes/hex.ts'
import type { TroubleSystem } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { CardPanel } from '../../contract/card-view.ts'
import type { ReaderView, SystemReaderView, TroubleView } from '../../contract/reader-view.ts'
import type { SeenReader } from '../../reader/real-readers.ts'
import { answerToResetView } from './answer-to-reset.ts'
import { chainOf, type ChainFacts } from './chain.ts'
import type { ReaderBay } from './reader-bay.ts'
import type { Tray } from './tray.ts'
import { psamTroubleView, troubleView } from './trouble-view.ts'

export interface ReaderFacts {
  readonly bay: ReaderBay
  readonly tray: Tray
  readonly panel: CardPanel
  readonly system: TroubleSystem
}

const SLOT_TITLE = { zh: '用户卡槽', en: 'Card slot' }
const PSAM_TITLE = { zh: 'PSAM卡槽', en: 'PSAM slot' }

export function readerView({ bay, tray, panel, system }: ReaderFacts): ReaderView {
  const { simulated, choice, psams } = bay
  const { card } = bay.serving
  const numbers = [...new Set(psams.terminalNumbers)]
  const trouble = bay.trouble === undefined ? null : troubleView(bay.trouble, system)
  const psamTrouble = psams.trouble === undefined ? null : psamTroubleView(psams.trouble, system)
  const holds = simulated === undefined ? nameOfCard(bay.presence, panel) : (simulated.holds ?? null)
  return {
    name: bay.reader.name,
    kind: choice.kind === 'simulated' ? 'virtual' : 'pcsc',
    slots: [
      { slot: 'card', title: SLOT_TITLE, holds },
      { slot: 'psam', title: PSAM_TITLE, holds: numbers.join(' ') || null }
    ],
    tray: simulated === undefined ? [] : tray.cards(simulated.holds),
    pace: simulated?.pace ?? 'instant',
    faults: (simulated?.faults ?? []).map((kind) => ({ kind })),
    choice,
    readers: bay.seen.readers.map((seen) => systemReader(seen, bay.serving)),
    answerToReset: card?.atr === undefined ? null : answerToResetView(fromHex(card.atr)),
    chain: chainOf(factsOf(bay, panel, { numbers, trouble, psamTrouble })),
    trouble: trouble ?? psamTrouble
  }
}

interface Found {
  readonly numbers: readonly string[]
  readonly trouble: TroubleView | null
  readonly psamTrouble: TroubleView | null
}

function factsOf(bay: ReaderBay, panel: CardPanel, { numbers, trouble, psamTrouble }: Found): ChainFacts {
  const isSimulated = bay.choice.kind === 'simulated'
  const { readers, trouble: ofAll } = bay.seen
  return {
    isSimulated,
    isHeard: isSimulated || ofAll !== undefined || readers.length > 0,
    reader: bay.serving.card?.name,
    card: bay.presence === undefined ? 'none' : panel.state === 'refused' ? 'refused' : 'in',
    isPsamInFile: bay.choice.kind === 'simulated' || bay.choice.psam === 'file',
    psams: numbers,
    trouble,
    psamTrouble
  }
}

export const systemReader = ({ name, card }: SeenReader, serving: { readonly card: SeenReader | undefined; readonly psam: string | undefined }): SystemReaderView => ({
  name,
  holds: HOLDS[card],
  serves: name === serving.card?.name ? 'card' : name === serving.psam ? 'psam' : null
})

const HOLDS = { empty: 'nothing', present: 'card', mute: 'mute-card', held: 'in-use' } as const satisfies Readonly<Record<SeenReader['card'], SystemReaderView['holds']>>

/** What lies in a real slot has no name of ours: the masked number once it is read. */
function nameOfCard(presence: number | undefined, panel: CardPanel): string | null {
  if (presence === undefined) return null
  return (panel.state === 'ready' ? panel.card.masked['card-number'] : null) ?? '-'
}
