/**
 * The sweep of cuts at the card's writes (test/chip/cut-points.test.ts) through PC/SC: the supply goes inside a command that a
 * program sent, the daemon loses the card, it is put in again and powered by the daemon, and what it is then is the card before
 * the command or the card after it.
 *
 * The daemon needs more than a second for each, so the bytes at which the supply goes are sampled, the same ones in every run: the
 * first, the last and one in the middle of each command, and more of those that move money. All slots of the daemon work at once.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { toHex, fromHex } from '../../card/bytes/hex.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import { observe, type Observation } from '../chip/observe.ts'
import { freshCard, prepare, spent, WRITING_COMMANDS, type WritingCommand } from '../chip/writing-commands.ts'
import { slotOf, startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'
import { ourDriver } from './support/our-driver.ts'
import { publishedAt, type Published } from './support/published.ts'

const READERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
const SLOTS = 2 * READERS.length
/** 61xx: executed, the answer may be fetched. */
const ANSWER_WAITS = '6119'
const SELECT_SSSE = fromHex('00A404000F7378312E73682EC9E7BBE1B1A3D5CF')

interface Sample {
  readonly name: string
  readonly writing: WritingCommand
  /** Bytes that land before the supply goes, of `bytes` that the command writes. */
  readonly cut: number
  readonly bytes: number
  /** What no terminal can tell from the card before the command; with a try spent, where it may be; and the card after it. */
  readonly stages: readonly Observation[]
}

function samplesOf(name: string, writing: WritingCommand): Sample[] {
  const card = freshCard()
  const command = prepare(card, writing)
  const before = observe(card.medium.snapshot())
  const writtenBefore = card.medium.written
  expect(card.send(command)).toMatch(writing.sw)
  const bytes = card.medium.written - writtenBefore
  const after = observe(card.medium.snapshot())
  const stages = writing.tries === undefined ? [before, after] : [before, spent(before, writing.tries), after]
  const count = /DEBIT|CREDIT/.test(name) ? 9 : 3
  const cuts = Array.from({ length: count }, (_, index) => Math.floor(((bytes - 1) * index) / (count - 1)))
  return [...new Set(cuts)].map((cut) => ({ name, writing, cut, bytes, stages }))
}

const SAMPLES = Object.entries(WRITING_COMMANDS).flatMap(([name, writing]) => samplesOf(name, writing))

interface Bench {
  readonly slot: Published
  readonly reader: CardReader
}

interface Found {
  /** How the card left; the answer, where one came. */
  readonly left: string
  /** It answers SELECT, in again, as the card of that stage does. */
  readonly isAsFound?: boolean
  /** Which of the sample's stages it may be: before and after are alike where a right PIN was verified. */
  readonly stages?: readonly number[]
}

async function cutThere({ writing, cut, stages }: Sample, { slot, reader }: Bench): Promise<Found> {
  const card = freshCard()
  await slot.insert(card.chip)
  const connected = await reader.connect()
  if (!connected.ok) return { left: connected.error.kind }
  const command = fromHex(prepare(card, writing))
  card.medium.cutAfter(cut)
  const answer = await connected.value.transmit(command)
  await connected.value.disconnect()
  card.medium.restorePower()
  await slot.insert(card.chip)
  const again = await reader.connect()
  if (!again.ok) return { left: again.error.kind }
  const select = await again.value.transmit(SELECT_SSSE)
  await again.value.disconnect()
  const found = JSON.stringify(observe(card.medium.snapshot()))
  const fitting = stages.flatMap((stage, index) => (JSON.stringify(stage) === found ? [index] : []))
  const selected = select.ok ? toHex(select.value).replace(ANSWER_WAITS, '9000') : select.error.kind
  const left = answer.ok ? toHex(answer.value) : answer.error.kind
  return { left, isAsFound: selected === stages[fitting[0] ?? -1]?.['select SSSE'], stages: fitting }
}

describeWithDaemon('the supply of a card goes inside a command', () => {
  let daemon: Daemon
  let benches: readonly Bench[]

  beforeAll(async () => {
    daemon = await startDaemon({ readers: READERS })
    benches = Array.from({ length: SLOTS }, (_, index) => {
      const { name, port } = slotOf(daemon, index)
      return { slot: publishedAt(port), reader: ourDriver(daemon, name) }
    })
  })
  afterAll(async () => {
    for (const { slot } of benches) slot.remove()
    await daemon.remove()
  })

  it('the card before or the card after, at every byte that is tried', async () => {
    const waiting = SAMPLES.map((sample, index) => ({ sample, index }))
    const found: Found[] = []
    await Promise.all(
      benches.map(async (bench) => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) found[next.index] = await cutThere(next.sample, bench)
      })
    )
    const told = SAMPLES.map(({ name, cut, bytes, stages }, index) => ({ name, cut, bytes, last: stages.length - 1, ...found[index] }))
    expect(told.filter(({ left, isAsFound }) => left !== 'card-removed' || isAsFound !== true)).toEqual([])
    // Nothing of it at the first byte, all of it at the last, and never back.
    expect(told.filter(({ cut, stages }) => cut === 0 && stages?.includes(0) !== true)).toEqual([])
    expect(told.filter(({ cut, bytes, stages, last }) => cut === bytes - 1 && stages?.includes(last) !== true)).toEqual([])
    const isBack = (index: number): boolean =>
      told[index - 1]?.name === told[index]?.name && Math.max(...(told[index]?.stages ?? [])) < Math.min(...(told[index - 1]?.stages ?? []))
    expect(told.filter((_, index) => isBack(index))).toEqual([])
    expect(SAMPLES.length).toBeGreaterThanOrEqual(70)
  })
})
