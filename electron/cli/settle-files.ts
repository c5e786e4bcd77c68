/** A settlement from files to statement: what `settle` does with a user's files, and `demo` with the fixtures. */

import { ok } from '../../base/result.ts'
import type { Pin } from '../../card/secret/pin.ts'
import { parseVisit } from '../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { serveVisit } from '../host/counter.ts'
import { institutionDivision } from '../host/patient.ts'
import { centrePathsOf } from '../host/sync/centre-files.ts'
import { connectedRules } from '../host/sync/connected-rules.ts'
import { atTill, readRules, type RuleFiles, type TillFiles } from './at-till.ts'
import { withCatalogueBeside } from './catalogue-beside.ts'
import { asBadInput, readDocument } from './document.ts'
import { badInput, type Outcome } from './failure.ts'
import { checkNamed, visitJudge, type EligibilityOptions } from './judge-visit.ts'
import { withPacksBeside } from './packs-beside.ts'
import { statementJson, statementText } from './print/statement.ts'
import { counterFailure } from './refusal-failure.ts'
import type { Terminal } from './terminal.ts'

export const readVisit = (path: string) => readDocument(path, 'visit', parseVisit)

interface Settling {
  readonly visit: Visit
  readonly pin: Pin
  readonly eligibility?: EligibilityOptions
}

const DELIVERED: EligibilityOptions = { rules: [], people: undefined, till: undefined }

export async function settleFiles(
  files: Omit<TillFiles, 'region' | 'create'> & RuleFiles,
  { visit, pin, eligibility = DELIVERED }: Settling,
  terminal: Terminal
): Promise<Outcome> {
  const read = readRules(files, terminal)
  if (!read.ok) return read
  const named = checkNamed(eligibility, terminal)
  if (!named.ok) return named
  const isNamed = (files.policies ?? []).length > 0
  const rules = isNamed ? read.value : { ...read.value, policies: await withPacksBeside(files.ledger, read.value.policies) }
  const region = institutionDivision(visit.fixmedins_code)
  return atTill({ ...files, region, create: true }, terminal, async (till): Promise<Outcome> => {
    const kept = { policies: isNamed, catalogue: files.catalogue !== undefined }
    const request = { paths: centrePathsOf(files.ledger), store: till.ledger.sync, clock: terminal.clock, named: kept }
    const working = asBadInput(connectedRules(rules, request))
    if (!working.ok) return working
    const settled = await withCatalogueBeside(files, working.value.catalogue, async (catalogue): Promise<Outcome> => {
      const counter = { ...till, ...working.value, catalogue }
      const judging = visitJudge({ visit, ledger: till.ledger, working: counter, eligibility }, terminal)
      if (!judging.ok) return judging
      const { judge, notJudged } = judging.value
      const served = await serveVisit({ ...counter, judge }, visit, pin)
      if (!served.ok) return counterFailure(served.error)
      const note = notJudged === undefined ? [] : ['', `医保资格未核查 eligibility not judged: ${notJudged}`]
      const json = statementJson(served.value, visit)
      return ok({ text: [...statementText(served.value, visit), ...note].join('\n'), json: notJudged === undefined ? json : { ...json, not_judged: notJudged } })
    })
    return typeof settled === 'string' ? badInput('catalogue-damaged', settled) : settled
  })
}
