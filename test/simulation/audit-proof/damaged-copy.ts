/**
 * What a proving world has left on disk, copied for each test and damaged there: a fact rewritten with its whole chain behind it, a
 * row changed by hand, a card's memory of another moment.
 */

import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeFact } from '../../../settlement/ledger/fact-encoding.ts'
import { decodeContent } from '../../../settlement/ledger/fact-decoding.ts'
import type { Fact } from '../../../settlement/ledger/fact.ts'
import { extend, GENESIS } from '../../../settlement/ledger/chain.ts'
import { auditFolders, type CardFile, type FoldersView, type ToldOfFolders } from '../auditor/audit-folders.ts'
import type { RuleName } from '../auditor/failure.ts'
import { readCentre, openingOf, type CentreOpening } from '../auditor/centre-rows.ts'
import type { RowSource } from '../auditor/row-source.ts'
import { PIN, type ProvingWorld } from './proving-world.ts'

export interface Original {
  readonly folder: string
  readonly tills: readonly string[]
  readonly cards: readonly CardFile[]
  readonly opening: CentreOpening
  readonly told: readonly ToldOfFolders[]
}

const temporary = (): string => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'audit-copy-'))

function copyDatabase(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, to + end)
}

export function openingOfCentre(file: string): CentreOpening {
  const database = new Database(file, { readonly: true })
  try {
    return openingOf(readCentre(database))
  } finally {
    database.close()
  }
}

/** As the world stands now. */
export function keep({ terminals, cards, centreFile }: ProvingWorld, opening: CentreOpening, openings: readonly Uint8Array[], told: readonly ToldOfFolders[]): Original {
  const folder = temporary()
  copyDatabase(centreFile, join(folder, 'centre.db'))
  const tills = terminals.map((terminal, index) => {
    const name = `till-${index + 1}`
    mkdirSync(join(folder, name))
    copyDatabase(join(terminal.folder, 'ledger.db'), join(folder, name, 'ledger.db'))
    return name
  })
  const files = cards.map((card, index) => ({ name: card.name, image: card.image(), opening: openings[index] ?? card.image() }))
  return { folder, tills, cards: files, opening, told }
}

export class DamagedCopy {
  readonly folder = temporary()
  readonly tills: string[]
  readonly cards: CardFile[]
  told: readonly ToldOfFolders[]
  isQuiet = true
  readonly #original: Original

  constructor(original: Original) {
    this.#original = original
    this.tills = [...original.tills]
    this.cards = [...original.cards]
    this.told = original.told
    copyDatabase(join(original.folder, 'centre.db'), join(this.folder, 'centre.db'))
    for (const till of original.tills) {
      mkdirSync(join(this.folder, till))
      copyDatabase(join(original.folder, till, 'ledger.db'), join(this.folder, till, 'ledger.db'))
    }
  }

  /** The same till a second time, under another name. */
  doubleTill(): void {
    mkdirSync(join(this.folder, 'till-9'))
    copyDatabase(join(this.#original.folder, 'till-1', 'ledger.db'), join(this.folder, 'till-9', 'ledger.db'))
    this.tills.push('till-9')
  }

  ledger(sql: string, till = 'till-1'): void {
    write(join(this.folder, till, 'ledger.db'), (database) => void database.exec(sql))
  }

  centre(sql: string): void {
    write(join(this.folder, 'centre.db'), (database) => void database.exec(sql))
  }

  /** Another sequence of facts, with a chain that is whole. */
  rewrite(edit: (facts: readonly Fact[]) => readonly Fact[], till = 'till-1'): void {
    write(join(this.folder, till, 'ledger.db'), (database) => {
      const rows = database.prepare('SELECT content FROM fact ORDER BY sequence').all() as { readonly content: Uint8Array }[]
      const facts = edit(rows.map(({ content }) => decodeContent(content).fact))
      database.exec('DELETE FROM fact')
      const insert = database.prepare('INSERT INTO fact VALUES (?, ?, ?, ?)')
      let head = GENESIS
      for (const fact of facts) {
        const content = encodeFact(fact, new Uint8Array(32))
        head = extend(head, content)
        insert.run(head.sequence, fact.kind, content, head.hash)
      }
    })
  }

  changeCard(name: string, change: Partial<CardFile>): void {
    const at = this.cards.findIndex((card) => card.name === name)
    const card = this.cards[at]
    if (card !== undefined) this.cards[at] = { ...card, ...change }
  }

  /** Names of the rules that are broken, each once. */
  async audit(): Promise<readonly RuleName[]> {
    const database = new Database(join(this.folder, 'centre.db'))
    const centre: RowSource = { rows: (sql) => Promise.resolve(database.prepare(sql).all() as Record<string, unknown>[]) }
    const view: FoldersView = {
      tills: this.tills.map((name) => ({ name, folder: join(this.folder, name) })),
      cards: this.cards,
      centre,
      opening: this.#original.opening,
      told: this.told,
      secrets: { pins: [PIN], keys: [] },
      isQuiet: this.isQuiet
    }
    try {
      const failures = await auditFolders(view)
      return [...new Set(failures.map(({ rule }) => rule))].toSorted()
    } finally {
      database.close()
      rmSync(this.folder, { recursive: true })
    }
  }
}

/** Nothing stands in the way of whoever damages: triggers and checks are for programs that keep to them. */
function write(path: string, change: (database: Database.Database) => void): void {
  const database = new Database(path)
  try {
    const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { readonly name: string }[]
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
    database.pragma('foreign_keys = OFF')
    database.pragma('ignore_check_constraints = ON')
    change(database)
  } finally {
    database.close()
  }
}
