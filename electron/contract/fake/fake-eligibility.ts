/** The fake's answer without a sale. */

import { ok, refuse } from '../../../base/result.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { isQuantity, quantityRefusal } from './fake-bill.ts'
import { badInput } from './fake-refusals.ts'
import { splitLine, sumsView } from './fake-sums.ts'
import { drugOf, FAKE_RULES, isWithinDeductible, saleView, substitutesOf, verdictOf } from './fake-verdict.ts'
import { readyCard, type FakeSale, type World } from './fake-world.ts'

const NO_SALE: FakeSale = { prescription: null, returnOf: null }
const NOBODY = { zh: '未插卡:一般规则', en: 'no card: the general rules' }

export function checkEligibility(world: World, { code, quantity, days }: Params<'eligibility.check'>): Answer<'eligibility.check'> {
  const drug = drugOf(code)
  if (drug === undefined) return refuse(badInput('bad-input', `目录中没有${code}`, `code "${code}" is refused: it is not in the catalogue`))
  if (!isQuantity(quantity)) return refuse(quantityRefusal(quantity))
  const card = readyCard(world)
  const line = { line: '1', item: drug, price: drug.price, quantity, approval: '0', packs: [] } as const
  const untraced = (of: typeof drug) => ({ drug: { ...of, traced: false }, line, alone: true })
  const verdict = verdictOf(world, NO_SALE, untraced(drug))
  return ok({
    askedAt: `${world.till.today} 10:00:00`,
    place: world.till.institution.name,
    holder: card?.holder.name ?? '',
    insured: card?.insured.insutypeName ?? NOBODY,
    item: { code, name: drug.name, spec: drug.spec, chargeClass: drug.chargeClass, price: drug.price },
    on: world.till.today,
    quantity,
    days,
    verdict,
    isWithinDeductible: card !== null && verdict.light === 'covered' && isWithinDeductible(sumsView([splitLine(line)], null, '1')),
    person: saleView(world, NO_SALE, [], []).person,
    substitutes: substitutesOf(drug).map((candidate) => {
      const { light, sentence } = verdictOf(world, NO_SALE, untraced(candidate))
      return { code: candidate.code, name: candidate.name, spec: candidate.spec, price: candidate.price, light, sentence }
    }),
    rules: FAKE_RULES
  })
}
