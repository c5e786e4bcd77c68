/** The bill of a return is numbered after the sale's: YD1-R1 takes the place of YD1, YD1-R2 of YD1-R1. null: of nobody's. */
export function replacedVisit(visitNo: string): string | null {
  const match = /^(.+)-R(\d+)$/.exec(visitNo)
  if (match === null) return null
  const [, sale = '', number = '1'] = match
  return number === '1' ? sale : `${sale}-R${Number.parseInt(number, 10) - 1}`
}
