/** What the people at one till remember of what they were told: statements in their hands, cash in the drawer, what is in doubt. */

import type { StatementView } from '../../../electron/contract/settlement-view.ts'

export interface Remembered {
  readonly card: string
  readonly statement: StatementView
  refunded: boolean
  /** Whether its refund was done nobody heard. */
  isUnsure: boolean
}

export interface OpenDoubt {
  readonly card: string
  readonly settlementId: string
  readonly of: 'settlement' | 'load'
}

const REMEMBERED_MAX = 400

export class Memory {
  readonly statements: Remembered[] = []
  readonly doubts: OpenDoubt[] = []
  /** Packs that went over this counter, and will not be bought again by anybody honest. */
  readonly soldPacks: string[] = []
  /** fen taken for settlements and handed back for refunds since the drawer was counted last. */
  drawer = 0
  /** What both were when the day was closed last. */
  closed = { drawer: 0, isUnsure: false }
  /** Something happened after which nobody can say what should lie in the drawer. */
  drawerUnsure = false
  isPaused = false

  keep(card: string, statement: StatementView): void {
    if (this.keeps(statement.settlementId)) return
    this.statements.push({ card, statement, refunded: false, isUnsure: false })
    if (this.statements.length > REMEMBERED_MAX) this.statements.shift()
    for (const { sale } of statement.lines) this.soldPacks.push(...(sale?.packs ?? []).map(({ traceCode }) => traceCode))
  }

  keeps(settlementId: string): boolean {
    return this.statements.some(({ statement }) => statement.settlementId === settlementId)
  }

  doubt(doubt: OpenDoubt): void {
    if (!this.doubts.some(({ settlementId }) => settlementId === doubt.settlementId)) this.doubts.push(doubt)
  }

  resolved(settlementId: string): void {
    const at = this.doubts.findIndex((doubt) => doubt.settlementId === settlementId)
    if (at >= 0) this.doubts.splice(at, 1)
  }
}
