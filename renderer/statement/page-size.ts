/**
 * Tells the printer how large the paper is. A roll has no page: its one page is as long as what stands on it. The rule is
 * made at print time, under the page's nonce like every style that is.
 */

import type { PrintRequest } from '../../electron/contract/terminal.ts'

const PX_PER_MM = 96 / 25.4
/** A printer's own letters may be a little larger than the screen's; a second page of one line is worse than a white edge. */
const ROLL_SLACK_MM = 4

const SHEETS = {
  a4: 'size: 210mm 297mm; margin: 14mm 12mm 16mm',
  a5: 'size: 148mm 210mm; margin: 9mm 8mm 11mm'
} as const

const sizeOf = (format: PrintRequest['format'], sheet: HTMLElement): string =>
  format === '80mm' ? `size: 80mm ${Math.ceil(sheet.getBoundingClientRect().height / PX_PER_MM) + ROLL_SLACK_MM}mm; margin: 0` : SHEETS[format]

/** Sheets of one long bill are counted, where the engine can. */
const COUNT = "@bottom-right { content: counter(page) ' / ' counter(pages); font: 7pt sans-serif; color: #000; }"

/** Call the result when the print is done. */
export function setPageSize(format: PrintRequest['format'], sheet: HTMLElement): () => void {
  const style = document.createElement('style')
  style.nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  style.textContent = `@page { ${sizeOf(format, sheet)}; ${format === '80mm' ? '' : COUNT} }`
  document.head.append(style)
  return () => style.remove()
}
