/** The chronic-disease benefit: filed for the disease, at a place of the filing, and a drug that belongs to it. */

import type { BillLine } from './bill-index.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'
import type { Filing } from './question.ts'
import { holdsOn } from './whereabouts-reasons.ts'

const CHRONIC = ['chronic'] as const

const drawsOnIt = ({ funds }: Matter): boolean => funds.some(({ fund }) => fund === 'chronic')

export function addChronicReasons(matter: Matter, out: Findings): void {
  const [ruled] = matter.rules.sections.chronic
  if (ruled === undefined || !ruled.row.filing || !drawsOnIt(matter)) return
  const { row, rule } = ruled
  const { disease } = matter.question.visit
  const valid = matter.question.person.filings.filter((filing) => filing.kind === 'chronic' && holdsOn(filing, row.lasts_months, matter.on))
  const values: Record<string, string> = disease === undefined ? {} : { disease }
  if (valid.length === 0) {
    out.add({ kind: 'no-chronic-filing', effect: row.effect, funds: CHRONIC, rule, values })
    return
  }
  const forIt = valid.filter((filing) => isFor(filing, disease))
  if (forIt.length === 0) {
    const filed = valid.map((filing) => filing.disease ?? '').toSorted().join('、')
    out.add({ kind: 'other-disease', effect: row.effect, funds: CHRONIC, rule, values: { ...values, filed } })
    return
  }
  const { code } = matter.question.place
  if (row.designated && !forIt.some(({ places }) => places.length === 0 || places.includes(code))) {
    const places = [...new Set(forIt.flatMap((filing) => filing.places))].toSorted().join('、')
    out.add({ kind: 'not-the-designated-place', effect: row.effect, funds: CHRONIC, rule, values: { place: code, places } })
  }
}

const isFor = (filing: Filing, disease: string | undefined): boolean =>
  disease === undefined || filing.disease === undefined || disease.startsWith(filing.disease) || filing.disease.startsWith(disease)

/** A drug that is not among those of the disease. */
export function addChronicDrugReasons(matter: Matter, { plan, item }: BillLine, out: Findings): void {
  const { disease } = matter.question.visit
  if (disease === undefined || matter.rules.sections.chronic_drugs.length === 0 || !drawsOnIt(matter)) return
  const rows = matter.rules.sections.chronic_drugs.filter(({ row }) => row.diseases.some((start) => disease.startsWith(start)))
  const [first] = rows
  if (first === undefined || rows.some(({ row }) => row.items.some((name) => plan.groups.has(name)))) return
  out.add({ kind: 'other-disease', effect: first.row.effect, funds: CHRONIC, rule: first.rule, values: { disease, item: item.item.name } })
}
