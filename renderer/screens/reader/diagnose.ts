/**
 * Every link from this window to the chips, and the one that is broken. The host tells of those behind it; whether the host
 * itself is there, the window knows.
 */

import { READER_LINKS, type LinkView, type ReaderLink, type ReaderView } from '../../../electron/contract/reader-view.ts'
import type { Text } from '../../../electron/contract/text.ts'
import type { HostState } from '../../../electron/contract/till-view.ts'
import type { useWords } from '../../i18n/use-words.ts'

export type Link = 'window' | 'host' | ReaderLink

export interface DiagnosedLink {
  readonly link: Link
  readonly state: LinkView['state']
  readonly says: string
}

export interface Diagnosis {
  readonly links: readonly DiagnosedLink[]
  /** null: nothing is broken. */
  readonly broken: Broken | null
}

export interface Broken {
  readonly kind: string
  readonly link: Link
  readonly what: string
  readonly cause: string
  readonly mend: string
  readonly detail: string | null
}

type Say = ReturnType<typeof useWords<'reader'>>

export function diagnose(host: HostState, reader: ReaderView | null, t: Say, pick: (text: Text) => string): Diagnosis {
  const ofWindow: DiagnosedLink = { link: 'window', state: 'good', says: t('link-window-good') }
  if (host.state === 'restarting' || host.state === 'failed') {
    const broken = hostBroken(host, t)
    const behind = (reader?.chain ?? READER_LINKS.map((link) => ({ link }))).map(({ link }): DiagnosedLink => ({ link, state: 'unknown', says: t('link-unknown') }))
    return { links: [ofWindow, { link: 'host', state: 'broken', says: broken.what }, ...behind], broken }
  }
  const ofHost: DiagnosedLink = reader === null ? { link: 'host', state: 'waiting', says: t('waiting') } : { link: 'host', state: 'good', says: t('link-host-good') }
  const chain = (reader?.chain ?? []).map(({ link, state, says }): DiagnosedLink => ({ link, state, says: pick(says) }))
  return { links: [ofWindow, ofHost, ...chain], broken: brokenOf(reader, pick) }
}

function brokenOf(reader: ReaderView | null, pick: (text: Text) => string): Broken | null {
  const trouble = reader?.trouble ?? null
  if (trouble === null) return null
  const { kind, link, detail } = trouble
  return { kind, link, what: pick(trouble.what), cause: pick(trouble.cause), mend: pick(trouble.mend), detail }
}

function hostBroken(host: Extract<HostState, { readonly state: 'restarting' | 'failed' }>, t: Say): Broken {
  const { state, reason } = host
  return { kind: `host-${state}`, link: 'host', what: t(`host-${state}-what`), cause: t(`host-${state}-cause`), mend: t(`host-${state}-mend`), detail: reason }
}

const SIGNS: Readonly<Record<LinkView['state'], string>> = { good: '+', waiting: '.', broken: 'X', unknown: '?' }

export interface Surroundings {
  readonly version: string
  readonly reader: ReaderView | null
  readonly agent: string
}

/** For a message to support staff: one line a link, the broken one first. Nothing of a person is in it. */
export function diagnosisText({ links, broken }: Diagnosis, { version, reader, agent }: Surroundings, t: Say): string {
  const head = broken === null ? [t('diagnosis-whole')] : [`${t(`link-${broken.link}`)}: ${broken.what} [${broken.kind}]`, ...(broken.detail === null ? [] : [broken.detail])]
  const chain = links.map(({ link, state, says }) => `[${SIGNS[state]}] ${t(`link-${link}`)}: ${says}`)
  const readers = (reader?.readers ?? []).map(({ name, holds, serves }) => `${name}: ${t(`holds-${holds}`)}${serves === null ? '' : ` (${t(`serves-${serves}`)})`}`)
  const choice = reader === null ? [] : [JSON.stringify(reader.choice)]
  const atr = reader?.answerToReset ?? null
  const chip = atr === null ? [] : [`ATR ${atr.bytes}`]
  return ['CareSettle ' + version, ...head, ...chain, ...readers, ...choice, ...chip, agent].join('\n')
}
