/** The two papers of a counter: A5 in a sheet printer, and a roll of 80 mm that is cut where the text ends. */

export type Paper = { readonly kind: 'a5' } | { readonly kind: 'roll'; readonly lengthMm: number }

const MM_PER_INCH = 25.4
const MICRONS_PER_MM = 1000
export const ROLL_WIDTH_MM = 80
export const ROLL_MM_MIN = 60
export const ROLL_MM_MAX = 2_400
/** Finer than a cutter cuts. */
const ROLL_STEP_MM = 10
const FIRST_GUESS_MM = 300

const A5_MM = { width: 148, height: 210 } as const

const sizeMm = (paper: Paper): { readonly width: number; readonly height: number } =>
  paper.kind === 'a5' ? A5_MM : { width: ROLL_WIDTH_MM, height: paper.lengthMm }

/** As printToPDF wants it. */
export function sizeInInches(paper: Paper): { readonly width: number; readonly height: number } {
  const { width, height } = sizeMm(paper)
  return { width: width / MM_PER_INCH, height: height / MM_PER_INCH }
}

/** As print wants it. */
export function sizeInMicrons(paper: Paper): { readonly width: number; readonly height: number } {
  const { width, height } = sizeMm(paper)
  return { width: width * MICRONS_PER_MM, height: height * MICRONS_PER_MM }
}

/** Pages of a PDF as Chromium writes it: the count stands in its page tree in clear text. */
export function pagesOf(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const counts = [...text.matchAll(/\/Type\s*\/Pages[^>]*?\/Count\s+(\d+)/g)].map(([, count = '1']) => Number.parseInt(count, 10))
  return Math.max(1, ...counts)
}

/** The shortest roll on which everything is one page: no paper is known to be long enough before it was tried. */
export async function rollFor(pagesAt: (lengthMm: number) => Promise<number>): Promise<number> {
  const fits = async (lengthMm: number): Promise<boolean> => (await pagesAt(lengthMm)) === 1
  let short = ROLL_MM_MIN - ROLL_STEP_MM
  let enough = FIRST_GUESS_MM
  while (enough < ROLL_MM_MAX && !(await fits(enough))) {
    short = enough
    enough = Math.min(ROLL_MM_MAX, enough * 2)
  }
  while (enough - short > ROLL_STEP_MM) {
    const middle = short + Math.round((enough - short) / 2 / ROLL_STEP_MM) * ROLL_STEP_MM
    if (await fits(middle)) enough = middle
    else short = middle
  }
  return enough
}
