/** A pharmacy's sale as its clerk makes it: every pack is scanned, and what no fund pays whole the patient pays. */

import type { Dice } from './dice.ts'
import type { TillWindow } from './till-window.ts'

export interface Pack {
  readonly barcode: string
  /** 20 digits, of this pack alone. */
  readonly traceCode: string
}

/** Drugs that need no prescription: last digits of their barcodes and of their traced products. */
const DRUGS = ['001', '002', '004', '037', '038', '039', '041', '042']
const PACKS_MAX = 3
const OWN_LINES_MAX = 6
const PACK_DIGITS = 13

/** `numbered`: the next pack of the shelf; one is never sold twice. */
export function packsOf(dice: Dice, numbered: () => number): readonly Pack[] {
  return Array.from({ length: dice.below(PACKS_MAX) + 1 }, () => {
    const drug = dice.pick(DRUGS)
    return { barcode: `9990000000${drug}`, traceCode: `8360${drug}${String(numbered()).padStart(PACK_DIGITS, '0')}` }
  })
}

export async function scanSale(window: TillWindow, packs: readonly Pack[]): Promise<void> {
  await window.value('sale.start', {})
  for (const { barcode, traceCode } of packs) {
    for (const text of [barcode, traceCode]) {
      const { bill } = await window.state()
      await window.value('sale.scan', { revision: bill?.revision ?? 0, text })
    }
  }
  await payOneself(window)
}

/** Line by line: each answer may move the others. */
async function payOneself(window: TillWindow): Promise<void> {
  for (let tries = 0; tries < OWN_LINES_MAX; tries += 1) {
    const { bill } = await window.state()
    const line = bill?.lines.find(({ sale }) => sale !== null && !sale.isOwnPay && sale.verdict.light !== 'covered')
    if (bill === null || line === undefined) return
    await window.value('sale.set-line', { revision: bill.revision, line: line.line, ownPay: true })
  }
}
