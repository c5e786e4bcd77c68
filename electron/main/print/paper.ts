/**
 * The papers of a counter: A5 and A4 in a sheet printer, and a roll of 80 mm that is cut where the text ends. How long that is
 * only the page knows, which measures it: it writes its size into its styles, and what comes of them is read from a PDF.
 */

import type { PrintRequest } from '../../contract/terminal.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

const MM_PER_INCH = 25.4
const MICRONS_PER_INCH = 25_400
const POINTS_PER_INCH = 72

/** Where the page says nothing of its size. */
const USUAL_MM: Readonly<Record<PrintRequest['format'], Size>> = {
  'a4': { width: 210, height: 297 },
  'a5': { width: 148, height: 210 },
  '80mm': { width: 80, height: 297 }
}

/** As printToPDF wants it. */
export function usualInches(format: PrintRequest['format']): Size {
  const { width, height } = USUAL_MM[format]
  return { width: width / MM_PER_INCH, height: height / MM_PER_INCH }
}

/** Size of the first page of a PDF as Chromium writes it, in clear text; undefined: it is none of its PDFs. */
export function micronsOf(pdf: Uint8Array): Size | undefined {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(text) ?? []
  if (width === undefined || height === undefined) return undefined
  return { width: microns(width), height: microns(height) }
}

const microns = (points: string): number => Math.round((Number(points) * MICRONS_PER_INCH) / POINTS_PER_INCH)
