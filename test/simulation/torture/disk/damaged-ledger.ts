/**
 * A ledger with a past, damaged in one of the ways of damages.ts, and then a till that opens it and goes on: reads, holds,
 * posts, takes back, closes. What it came to.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../../../../base/result.ts'
import { openLedger, openLedgerForReading, type SqliteLedger } from '../../../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../../../settlement/verifier/verify-ledger.ts'
import { EVIDENCE, sale } from '../../../contract/ledger-fixture.ts'
import type { Dice } from '../dice.ts'
import { DAMAGES, type Damage, type LedgerFiles } from './damages.ts'

export interface Past {
  readonly files: LedgerFiles
  /** Hashes of every fact that was said to be durable, in hex. */
  readonly facts: readonly string[]
}

/**
 * refused     by name, when it was opened or at the first thing that met the damage; nothing was written
 * unharmed    everything is there, and the verifier has nothing to say
 * beside      the damage lies where the work did not come by, and the verifier names it
 * older       commits at the end are gone, as after a crash that lost them
 * lost        facts are gone or other, and nobody says so
 * threw       no answer, but a fault
 */
export type Fate = 'refused' | 'unharmed' | 'beside' | 'older' | 'lost' | 'threw'

export interface Trial {
  readonly damage: Damage
  readonly fate: Fate
  /** Refusal, findings or fault. */
  readonly detail: string
}

const SETTLEMENTS = 24
/** The last commit may be torn by a crash; one before it whose last frame is noise looks the same, because where it ended is not to be read. */
const TORN_FACTS_MAX = 2
const POSTED_AT = '20230915093005'
/** Settled before the log was moved into the database file; the rest is in the log alone. */
const IN_DATABASE = 14

export function makePast(folder: string): Past {
  const path = fresh(folder)
  const ledger = value(openLedger({ path, create: true, logBytes: 1, growth: 'at-once' }))
  for (let number = 1; number <= SETTLEMENTS; number += 1) {
    settle(ledger, number)
    if (number === IN_DATABASE) value(ledger.checkpointIdle())
  }
  const facts = value(ledger.log(0, 10_000)).map(({ hash }) => hex(hash))
  // As a killed till leaves them: the log is not moved.
  const files = { database: new Uint8Array(readFileSync(path)), log: new Uint8Array(readFileSync(`${path}-wal`)) }
  ledger.close()
  return { files, facts }
}

export function tryDamage(folder: string, past: Past, dice: Dice, damage: Damage = dice.pick(DAMAGES)): Trial {
  const path = fresh(folder)
  const { database, log } = damage.apply(past.files, dice)
  writeFileSync(path, database)
  if (log.length > 0) writeFileSync(`${path}-wal`, log)
  try {
    const refused = goOn(path)
    if (refused !== undefined) return { damage, fate: 'refused', detail: refused }
    return { damage, ...judge(path, past, damage) }
  } catch (cause) {
    return { damage, fate: 'threw', detail: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) }
  }
}

/** The refusal that ends it; undefined: everything went. */
function goOn(path: string): string | undefined {
  const opened = openLedger({ path, create: true, logBytes: 1, growth: 'at-once' })
  if (!opened.ok) return kindOf(opened.error)
  const ledger = opened.value
  try {
    const steps: readonly (() => Result<unknown, object>)[] = [
      () => ledger.openHolds(),
      () => ledger.unconfirmed(),
      () => ledger.settlements({ limit: 50 }),
      () => ledger.hold(sale(SETTLEMENTS + 1)),
      () => ledger.post({ settlementId: sale(SETTLEMENTS + 1).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }),
      () => ledger.correct({ correctionId: 'C1', settlementId: sale(1).settlementId, reason: '退货', correctedAt: '20230916100000' }),
      () => ledger.dayTotals('2023-09-15', '2023-09-16'),
      () => ledger.checkpointIdle()
    ]
    for (const step of steps) {
      const done = step()
      if (!done.ok) return kindOf(done.error)
    }
    return undefined
  } finally {
    ledger.close()
  }
}

function judge(path: string, { facts }: Past, { mayLoseCommits }: Damage): Pick<Trial, 'fate' | 'detail'> {
  const verified = verifyLedger(path)
  const detail = verified.ok ? verified.value.findings.map((finding) => finding.kind).join(', ') : kindOf(verified.error)
  if (!verified.ok || !verified.value.sound) return { fate: 'beside', detail }
  const now = hashesOf(path)
  const lost = facts.findIndex((hash, index) => now[index] !== hash)
  if (lost === -1) return { fate: 'unharmed', detail: '' }
  const isEnd = mayLoseCommits || lost >= facts.length - TORN_FACTS_MAX
  return { fate: isEnd ? 'older' : 'lost', detail: `from fact ${lost + 1} of ${facts.length}` }
}

function hashesOf(path: string): readonly string[] {
  const ledger = value(openLedgerForReading(path))
  try {
    return value(ledger.log(0, 10_000)).map(({ hash }) => hex(hash))
  } finally {
    ledger.close()
  }
}

function settle(ledger: SqliteLedger, number: number): void {
  const { settlementId } = sale(number)
  value(ledger.hold(sale(number)))
  // Every sixth waits for its card.
  if (number % 6 !== 0) value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
}

function fresh(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return join(folder, 'ledger.db')
}

const value = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

const kindOf = (refusal: object): string => {
  const { kind = '', cause = '', detail = '' } = refusal as { readonly kind?: string; readonly cause?: string; readonly detail?: string }
  return [kind, cause, detail].filter((word) => word !== '').join(': ')
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
