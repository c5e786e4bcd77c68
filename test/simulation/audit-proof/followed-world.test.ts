/** A world that is followed while it happens: what only shows in the order of things. */

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorldTerminal } from '../../support/sync-world.ts'
import { Auditor } from '../auditor/auditor.ts'
import { readChip } from '../auditor/chip-image.ts'
import { RULE_NAMES } from '../auditor/failure.ts'
import type { AuditView } from '../auditor/view.ts'
import { openProvingWorld, type ProvingCard, type ProvingWorld } from './proving-world.ts'

let proving: ProvingWorld
let till: WorldTerminal
let card: ProvingCard
let issued: Uint8Array
/** Of the ledger as it was after one settlement. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'audit-'))

function copyLedger(name: string): string {
  const copy = join(folder, name)
  mkdirSync(copy)
  for (const end of ['', '-wal']) copyFileSync(join(till.folder, `ledger.db${end}`), join(copy, `ledger.db${end}`))
  return copy
}

const settle = async (): Promise<string> => {
  proving.world.clock.wait(60_000)
  return till.settle(card)
}

beforeAll(async () => {
  proving = await openProvingWorld()
  const [first, firstCard] = [proving.terminals[0], proving.cards[0]]
  if (first === undefined || firstCard === undefined) throw new Error('a till and a card')
  till = first
  card = firstCard
  issued = card.image()
})

afterAll(async () => {
  await proving.close()
  rmSync(folder, { recursive: true })
})

const DEBIT = Uint8Array.of(0xb0, 0x2c, 0x01, 0x00, 0x01, 0x00)
const exchange = (command: Uint8Array) =>
  ({ kind: 'card-exchange', terminal: 'till-1', slot: 'counter', card: 'card-1', command, answer: Uint8Array.of(0x90, 0x00) }) as const

describe('an auditor who follows a world', () => {
  /** He has seen the card when it was issued and the till when it had no ledger, and finds them as they are now, or as `at` has it. */
  const followed = (at = till.folder): { auditor: Auditor; till: { name: string; folder: string } } => {
    const place = { name: 'till-1', folder: join(folder, 'nothing yet') }
    let isIssued = false
    const seen = { name: card.name, pin: card.pin, image: () => (isIssued ? card.image() : issued), get written() { return isIssued ? card.written : -1 } }
    const view: AuditView = { cards: [seen], terminals: [place], centre: undefined }
    const auditor = new Auditor(view)
    isIssued = true
    place.folder = at
    auditor.step()
    return { auditor, till: place }
  }

  it('finds nothing while all is well, and has looked at every rule of the counter', async () => {
    const { auditor } = followed()
    const settlementId = await settle()
    auditor.step()
    auditor.told({ kind: 'window-answer', terminal: 'till-1', name: 'statement.print', answer: { ok: true, value: { settlementId } } })
    till.refund(settlementId)
    auditor.step()
    auditor.day()
    auditor.quiet()
    const own = ['hash-chain', 'debit-once', 'posting-has-debit', 'card-balance', 'fen-conserved', 'told-is-durable', 'accumulators', 'hour-totals', 'owed-to-card'] as const
    expect(own.filter((rule) => !auditor.looked.has(rule))).toEqual([])
    expect(RULE_NAMES).toEqual(expect.arrayContaining([...auditor.looked.keys()]))
    auditor.close()
  })

  it('sees a debit whose hold was not durable when it was made, though it is afterwards', async () => {
    const { auditor } = followed(copyLedger('before-the-hold'))
    await settle()
    auditor.told(exchange(DEBIT))
    expect(() => auditor.step()).toThrow(/hold-before-debit: card-1: debit \d+ was made, and no hold for it was durable/)
    auditor.close()
  })

  it('sees that a fact which was durable is gone after a kill', async () => {
    const before = copyLedger('before-the-kill')
    await settle()
    const { auditor, till: place } = followed()
    auditor.told({ kind: 'host-down', terminal: 'till-1' })
    place.folder = before
    expect(() => auditor.step()).toThrow(/fact-stays: till-1: fact \d+ was durable and is gone/)
    auditor.close()
  })

  it('takes it for lawful when the disk is known to have lied, and goes on', async () => {
    const before = copyLedger('before-the-lie')
    await settle()
    const { auditor, till: place } = followed()
    auditor.told({ kind: 'host-down', terminal: 'till-1' })
    place.folder = before
    auditor.told({ kind: 'lawful-loss', terminal: 'till-1' })
    expect(() => auditor.day()).not.toThrow()
    auditor.close()
  })

  it('has nothing lost any more when everything was fetched, and minds when a fact of it goes again', async () => {
    const before = copyLedger('before-the-older-disk')
    await settle()
    const { auditor, till: place } = followed()
    const whole = place.folder
    auditor.told({ kind: 'host-down', terminal: 'till-1' })
    place.folder = before
    auditor.told({ kind: 'lawful-loss', terminal: 'till-1' })
    place.folder = whole
    auditor.told({ kind: 'ledger-restored', terminal: 'till-1' })
    expect(() => auditor.quiet()).not.toThrow()
    auditor.told({ kind: 'host-down', terminal: 'till-1' })
    place.folder = before
    expect(() => auditor.step()).toThrow(/fact-stays: till-1: fact \d+ was durable and is gone/)
    auditor.close()
  })

  it('tells what he was told of in the next step, never to whom he listens', () => {
    const { auditor } = followed()
    const told = { kind: 'window-answer', terminal: 'till-1', name: 'records.refund', answer: { ok: true, value: { settlementId: 'nowhere' } } } as const
    expect(() => auditor.told(told)).not.toThrow()
    expect(() => auditor.step()).toThrow('till-1: settlement nowhere was told as corrected and is in no ledger')
    auditor.close()
  })

  it('sees a PIN in an event to a window, and a card number in a log', () => {
    const { auditor } = followed()
    auditor.told({ kind: 'window-event', terminal: 'till-1', event: { topic: 'trace', lines: [{ command: '00 20 00 00 03 24 68 10' }] } })
    expect(() => auditor.step()).toThrow('nothing-secret: a PIN stands in an event')
    const { auditor: other } = followed()
    other.told({ kind: 'support-line', line: `card ${readChip(issued)?.cardId} refused` })
    expect(() => other.step()).toThrow(/nothing-secret: the whole number of card \.\.\w{4} stands in a support-line/)
    for (const one of [auditor, other]) one.close()
  })
})
