/** The peer: the same computation as a JSON decision model for zen-engine, amounts in fen. */

import { ZenEngine } from '@gorules/zen-engine'
import type { Outcome, PlainBill } from './bills.ts'

const rate = (id: string, person: string, level: string, ratio: string, deductible: string, cap: string) => ({
  _id: id,
  person,
  level,
  ratio,
  deductible,
  cap
})

const parameters = {
  hitPolicy: 'first',
  passThrough: true,
  inputs: [
    { id: 'person', name: 'retired', type: 'expression', field: 'retired' },
    { id: 'level', name: 'level', type: 'expression', field: 'level' }
  ],
  outputs: ['ratio', 'deductible', 'cap'].map((id) => ({ id, name: id, type: 'expression', field: id })),
  rules: [
    rate('1', 'false', '1', '0.80', '20000', '450000'),
    rate('2', 'false', '2', '0.70', '40000', '450000'),
    rate('3', 'false', '3', '0.60', '60000', '450000'),
    rate('4', 'true', '1', '0.85', '20000', '550000'),
    rate('5', 'true', '2', '0.75', '40000', '550000'),
    rate('6', 'true', '3', '0.65', '60000', '550000')
  ]
}

const expressions = (...pairs: readonly (readonly [string, string])[]) => ({
  passThrough: true,
  expressions: pairs.map(([key, value]) => ({ id: key, key, value }))
})

const OWN = '#.chargeClass == "C"'
const OVER = '(#.ceiling > 0 and #.price > #.ceiling ? (#.price - #.ceiling) * #.count : 0)'

const LINES = expressions([
  'split',
  `map(lines, {
     amount: #.price * #.count,
     ownPay: ${OWN} ? #.price * #.count : 0,
     overCeiling: ${OWN} ? 0 : ${OVER},
     prePay: ${OWN} ? 0 : floor((#.price * #.count - ${OVER}) * #.prePay / 10000 + 0.5)
   })`
])

const SUMS = expressions(
  ['total', 'sum(map(split, #.amount))'],
  ['ownPay', 'sum(map(split, #.ownPay))'],
  ['overCeiling', 'sum(map(split, #.overCeiling))'],
  ['prePay', 'sum(map(split, #.prePay))'],
  ['inScope', '$.total - $.ownPay - $.overCeiling - $.prePay'],
  ['deductiblePaid', 'min([$.inScope, max([0, deductible - deductibleUsed])])'],
  ['fund', 'min([floor(($.inScope - $.deductiblePaid) * ratio + 0.5), max([0, cap - poolUsed])])'],
  ['personal', '$.total - $.fund'],
  ['account', 'min([$.personal, balance])'],
  ['cash', '$.personal - $.account']
)

const node = (id: string, type: string, content?: object) => ({
  id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  ...(content && { content })
})
const edge = (sourceId: string, targetId: string) => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId })

const MODEL = {
  nodes: [
    node('claim', 'inputNode'),
    node('parameters', 'decisionTableNode', parameters),
    node('lines', 'expressionNode', LINES),
    node('sums', 'expressionNode', SUMS),
    node('result', 'outputNode')
  ],
  edges: [edge('claim', 'parameters'), edge('parameters', 'lines'), edge('lines', 'sums'), edge('sums', 'result')]
}

export function zenSettlement(): { settle: (bill: PlainBill) => Promise<Outcome>; dispose: () => void } {
  const engine = new ZenEngine()
  const decision = engine.createDecision(Buffer.from(JSON.stringify(MODEL)))
  return {
    settle: async (bill) => (await decision.evaluate(bill)).result as Outcome,
    dispose: () => engine.dispose()
  }
}
