/** A peer: the same verdicts with zen-engine, the lines mapped in one decision, and the amounts of what is covered. */

import { ZenEngine } from '@gorules/zen-engine'
import { CHILD_BELOW, DAYS_MOST, ELDERLY_FROM, LISTS, TOLERANCE_DAYS, type Kind, type PlainSale } from './sales.ts'

const listed = (codes: readonly string[]): string => `#.code in [${codes.map((code) => `"${code}"`).join(', ')}]`

/** What differs from line to line reads #, what is of the sale the root. */
const RULES: Readonly<Record<Kind, string>> = {
  'class-c': '#.chargeClass == "03" and #.isListed',
  'no-longer-in-catalogue': '#.paidTo != "" and d(#.paidTo) < d(on)',
  'restricted-not-approved': '#.restricted and #.approval == "0"',
  'approval-refused': '#.approval == "2"',
  'wrong-sex': `sex != "female" and ${listed(LISTS.women)}`,
  'wrong-age': `age < ${ELDERLY_FROM} and ${listed(LISTS.elderly)}`,
  'children-only': `age >= ${CHILD_BELOW} and ${listed(LISTS.children)}`,
  'institution-level': `level < 1 and ${listed(LISTS.hospital)}`,
  'work-injury-only': listed(LISTS.injury),
  'maternity-only': listed(LISTS.maternity),
  'duplicate-therapy': '#.sameTherapy > 1',
  'over-days-of-supply': `#.asks and #.days > ${DAYS_MOST}`,
  'prescription-missing': '#.needsPrescription and not hasPrescription',
  'dispensed-too-early': `#.asks and #.daysLeft > ${TOLERANCE_DAYS}`
}

const key = (kind: string): string => kind.replaceAll('-', '_')

const VERDICTS = `map(items, {
  amount: #.price * #.count,
  ${Object.entries(RULES)
    .map(([kind, rule]) => `${key(kind)}: ${rule}`)
    .join(',\n  ')}
})`

const node = (id: string, type: string, content?: object): object => ({ id, type, name: id, position: { x: 0, y: 0 }, ...(content && { content }) })
const edge = (sourceId: string, targetId: string): object => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId })

const MODEL = {
  nodes: [
    node('sale', 'inputNode'),
    node('verdicts', 'expressionNode', { passThrough: false, expressions: [{ id: 'verdicts', key: 'verdicts', value: VERDICTS }] }),
    node('result', 'outputNode')
  ],
  edges: [edge('sale', 'verdicts'), edge('verdicts', 'result')]
}

type Flags = Readonly<Record<string, boolean | number>>

export function zenVerdicts(): { judge: (sale: PlainSale) => Promise<readonly (readonly string[])[]>; dispose: () => void } {
  const engine = new ZenEngine()
  const decision = engine.createDecision(Buffer.from(JSON.stringify(MODEL)))
  const names = Object.keys(RULES).map((kind) => [key(kind), kind] as const)
  return {
    judge: async (sale) => {
      const { verdicts } = (await decision.evaluate(sale)).result as { verdicts: readonly Flags[] }
      return verdicts.map((flags) => names.flatMap(([name, kind]) => (flags[name] === true ? [kind] : [])))
    },
    dispose: () => engine.dispose()
  }
}
