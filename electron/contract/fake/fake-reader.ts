/** Which reader serves, and what is broken on the way to the card. What a hand does to a real one is `insertCard` here too. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { asChosen, type PcscChoice } from '../reader-choice.ts'
import type { ReaderView, SystemReaderView, TroubleView } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { tellBill } from './fake-bill.ts'
import { removeCard } from './fake-chip.ts'
import { CLAIM_LATER, NOT_SIMULATED, SETTLING } from './fake-refusals.ts'
import { setPanel, setReader, type World } from './fake-world.ts'
import { noSuchReader, SAMPLE_CARD_READER, SAMPLE_READERS } from './sample-readers.ts'

export function chooseReader(world: World, { choice }: Params<'reader.choose'>): Answer<'reader.choose'> {
  if (world.settling !== null) return refuse(SETTLING)
  removeCard(world)
  const asked = asChosen(choice)
  world.reader = { ...world.reader, choice: asked, ...(asked.kind === 'simulated' ? VIRTUAL : real(asked)) }
  const missing = asked.kind === 'pcsc' && nameOf(asked) === undefined ? asked.card : undefined
  setTrouble(world, missing === undefined ? null : noSuchReader(missing))
  return ok(null)
}

/** The first that fits; without a name the first there is. */
const nameOf = ({ card = '' }: PcscChoice): string | undefined => SAMPLE_READERS.find(({ name }) => name.toLowerCase().includes(card.toLowerCase()))?.name

const VIRTUAL: Pick<ReaderView, 'kind' | 'name' | 'readers'> = { kind: 'virtual', name: 'virtual reader', readers: [] }

function real(choice: PcscChoice): Pick<ReaderView, 'kind' | 'name' | 'readers' | 'faults' | 'pace'> {
  const name = nameOf(choice)
  const readers = SAMPLE_READERS.map((reader): SystemReaderView => ({ ...reader, serves: reader.name === name ? 'card' : null }))
  return { kind: 'pcsc', name: name ?? choice.card ?? SAMPLE_CARD_READER, readers, faults: [], pace: 'instant' }
}

export const listReaders = (world: World): Answer<'reader.list'> =>
  ok({ readers: world.reader.kind === 'pcsc' ? world.reader.readers : SAMPLE_READERS, trouble: world.reader.trouble })

/** Tray, faults and pace. */
export const ofSimulated = <Value>(world: World, work: () => Result<Value, RefusalView>): Result<Value, RefusalView> =>
  world.reader.kind === 'virtual' ? work() : refuse(NOT_SIMULATED)

/** A trouble of the PSAM leaves the card's own way open. */
export function setTrouble(world: World, trouble: TroubleView | null): void {
  const blocks = trouble !== null && trouble.link !== 'psam'
  if (blocks) world.inserted = null
  setReader(world, { trouble })
  if (blocks) setPanel(world, { state: 'no-reader', refusal: refusalOf(trouble) })
  else if (world.panel.state === 'no-reader') setPanel(world, { state: 'no-card' })
  tellBill(world)
}

const refusalOf = ({ kind, what, mend }: TroubleView): RefusalView => ({ kind, blame: 'outside', what, mend, today: CLAIM_LATER })
