/**
 * Every link between this process and the chips, in the order in which they must work: a link is known as long as every one
 * before it holds.
 *
 *   process - module - service - reader - card        a real reader
 *                              \ (reader) - PSAM, unless it is simulated in a file
 *   reader - card - PSAM                              the simulated one
 */

import { READER_LINKS, type LinkView, type ReaderLink, type TroubleView } from '../../contract/reader-view.ts'
import type { Text } from '../../contract/text.ts'

export interface ChainFacts {
  readonly isSimulated: boolean
  /** false: the reader process has not told anything yet. */
  readonly isHeard: boolean
  /** Name of the reader that serves; undefined while none does. */
  readonly reader: string | undefined
  readonly card: 'none' | 'in' | 'refused'
  /** It needs no reader. */
  readonly isPsamInFile: boolean
  /** Terminal numbers of the PSAMs that are in. */
  readonly psams: readonly string[]
  /** The broken link of the card's way, and of the PSAM's. */
  readonly trouble: TroubleView | null
  readonly psamTrouble: TroubleView | null
}

const text = (zh: string, en: string): Text => ({ zh, en })

const GOOD: Readonly<Record<'process' | 'module' | 'service', Text>> = {
  process: text('运行中', 'running'),
  module: text('已载入', 'loaded'),
  service: text('有应答', 'answers')
}
const SIMULATED: readonly ReaderLink[] = ['reader', 'card', 'psam']
const UNKNOWN = text('前面的环节通了才能知道', 'known once what is before it works')
const LOOKING = text('正在查看', 'looking')

export function chainOf(facts: ChainFacts): readonly LinkView[] {
  const links = facts.isSimulated ? SIMULATED : READER_LINKS
  return links.map((link) => ({ link, ...stateOf(link, facts) }))
}

function stateOf(link: ReaderLink, facts: ChainFacts): Omit<LinkView, 'link'> {
  const { trouble, psamTrouble } = facts
  const broken = link === 'psam' ? (psamTrouble ?? trouble) : trouble
  if (link === 'psam' && facts.isPsamInFile) return whole(link, facts)
  if (broken?.link === link) return { state: 'broken', says: broken.what }
  if (broken !== null && isBehind(link, broken.link)) return { state: 'unknown', says: UNKNOWN }
  if (!facts.isHeard) return { state: 'waiting', says: LOOKING }
  return whole(link, facts)
}

/** The card in its reader stands in nobody's way but its own. */
const isBehind = (link: ReaderLink, broken: ReaderLink): boolean =>
  broken !== 'card' && !(link === 'psam' && broken === 'reader') && READER_LINKS.indexOf(link) > READER_LINKS.indexOf(broken)

function whole(link: ReaderLink, { isSimulated, reader, card, psams }: ChainFacts): Omit<LinkView, 'link'> {
  switch (link) {
    case 'process':
    case 'module':
    case 'service':
      return { state: 'good', says: GOOD[link] }
    case 'reader':
      if (isSimulated) return { state: 'good', says: text('虚拟读卡器', 'virtual reader') }
      return reader === undefined ? { state: 'waiting', says: LOOKING } : { state: 'good', says: text(reader, reader) }
    case 'card':
      if (card === 'none') return { state: 'waiting', says: text('未插卡', 'no card') }
      return card === 'in' ? { state: 'good', says: text('已读到', 'read') } : { state: 'waiting', says: text('有卡，不可用', 'a card is in, and of no use here') }
    default:
      if (psams.length === 0) return { state: 'waiting', says: text('读到卡时启用', 'put in with the first card') }
      return { state: 'good', says: text(psams.join(' '), psams.join(' ')) }
  }
}
