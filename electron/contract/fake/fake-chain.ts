/** Every link between host and chips, as the host tells them. */

import { READER_LINKS, type LinkView, type ReaderLink, type ReaderView } from '../reader-view.ts'

const SIMULATED: readonly ReaderLink[] = ['reader', 'card', 'psam']
const UNKNOWN = { zh: '前面的环节通了才能知道', en: 'known once what is before it works' }
const PSAM = '999999000001'

export function chainOf({ kind, name, choice, trouble }: Pick<ReaderView, 'kind' | 'name' | 'choice' | 'trouble'>, hasCard: boolean): readonly LinkView[] {
  return (kind === 'virtual' ? SIMULATED : READER_LINKS).map((link) => {
    if (link === trouble?.link) return { link, state: 'broken', says: trouble.what }
    const isInFile = link === 'psam' && (choice.kind === 'simulated' || choice.psam === 'file')
    if (trouble !== null && !isInFile && isBehind(link, trouble.link)) return { link, state: 'unknown', says: UNKNOWN }
    return { link, ...whole(link, hasCard, kind === 'virtual' ? { zh: '虚拟读卡器', en: 'virtual reader' } : { zh: name, en: name }) }
  })
}

/** A card in nobody's way but its own, a PSAM that may have a reader of its own. */
const isBehind = (link: ReaderLink, broken: ReaderLink): boolean =>
  broken !== 'card' && !(link === 'psam' && broken === 'reader') && READER_LINKS.indexOf(link) > READER_LINKS.indexOf(broken)

function whole(link: ReaderLink, hasCard: boolean, name: LinkView['says']): Omit<LinkView, 'link'> {
  if (link === 'reader') return { state: 'good', says: name }
  if (link === 'card') return hasCard ? { state: 'good', says: { zh: '已读到', en: 'read' } } : { state: 'waiting', says: { zh: '未插卡', en: 'no card' } }
  if (link === 'psam') return { state: 'good', says: { zh: PSAM, en: PSAM } }
  return { state: 'good', says: { zh: '正常', en: 'works' } }
}
