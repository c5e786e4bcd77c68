/**
 * The supply is cut after every byte that every writing command writes, and again after every byte of every recovery. What
 * is left is always the card before the command or the card after it, and after it whenever the answer came.
 *
 * One exception, wanted: a right PIN, key or unblocking MAC costs a try until it has been found right. A cut in between
 * leaves the counter one lower, as a card must that lets its counter fall before it compares.
 */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { JOURNAL } from '../../card/chip/image/layout.ts'
import { PowerLost } from '../../card/ports.ts'
import type { CardUnderTest } from './card-under-test.ts'
import { observe } from './observe.ts'
import { freshCard, prepare, spent, WRITING_COMMANDS, type WritingCommand } from './writing-commands.ts'

const JOURNAL_END = JOURNAL.offset + JOURNAL.size

function prepared(command: WritingCommand): { readonly card: CardUnderTest; readonly command: string } {
  const card = freshCard()
  return { card, command: prepare(card, command) }
}

function survives(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (fault) {
    if (fault instanceof PowerLost) return false
    throw fault
  }
}

/** Power-up after power-up, each cut one byte later than the last, until one comes through. */
function powerUpThroughCuts(card: CardUnderTest): void {
  for (let bytes = 0; ; bytes++) {
    card.medium.restorePower()
    card.medium.cutAfter(bytes)
    if (survives(() => card.chip.powerOn())) break
  }
  card.medium.restorePower()
}

describe('power lost after any byte', () => {
  it.each(Object.entries(WRITING_COMMANDS))('%s: the card before or the card after', (_, writing) => {
    const { sw, tries } = writing
    const whole = prepared(writing)
    const before = observe(whole.card.medium.snapshot())
    const writtenBefore = whole.card.medium.written
    expect(whole.card.send(whole.command)).toMatch(sw)
    const bytes = whole.card.medium.written - writtenBefore
    const after = observe(whole.card.medium.snapshot())
    const stages = tries === undefined ? [before, after] : [before, spent(before, tries), after]
    let stage = 0
    for (let cut = 0; cut <= bytes; cut++) {
      const { card, command } = prepared(writing)
      card.medium.cutAfter(cut)
      const answered = survives(() => card.send(command))
      expect(answered).toBe(cut === bytes)
      powerUpThroughCuts(card)
      const found = observe(card.medium.snapshot())
      while (stage < stages.length - 1 && JSON.stringify(found) !== JSON.stringify(stages[stage])) stage += 1
      expect(found).toEqual(stages[stage])
      if (answered) stage = stages.length - 1
    }
    expect(bytes).toBeGreaterThan(0)
    expect(stage).toBe(stages.length - 1)
  })

  it('would see a settlement of which only some bytes landed', () => {
    const debit = WRITING_COMMANDS['DEBIT FOR PURCHASE']
    invariant(debit !== undefined, 'a debit writes')
    const { card, command } = prepared(debit)
    const before = card.medium.snapshot()
    card.send(command)
    const after = card.medium.snapshot()
    const settled = [observe(before), observe(after)].map((seen) => JSON.stringify(seen))
    const changed = [...before.keys()].filter((address) => address >= JOURNAL_END && before[address] !== after[address])
    const torn = changed.slice(1).map((end) => before.map((byte, at) => (at >= JOURNAL_END && at < end ? (after[at] ?? 0) : byte)))
    const noticed = torn.filter((image) => !settled.includes(JSON.stringify(observe(image))))
    expect(noticed.length).toBeGreaterThan(torn.length / 2)
  })
})
