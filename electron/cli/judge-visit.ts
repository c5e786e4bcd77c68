/** Eligibility of a pharmacy's visit for a command that settles it: the delivered rules, or those named. */

import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { readRuleFiles } from '../host/packs/delivered-rules.ts'
import { dayOfService, type Rules } from '../host/patient.ts'
import { judgedVisit } from '../host/sale/judged-visit.ts'
import { needsJudging } from '../host/sale/needs-judging.ts'
import { placeOf } from '../host/sale/pharmacy.ts'
import { parseTill, type TillFile } from '../host/till-file.ts'
import { asBadInput, readDocument } from './document.ts'
import { rulesWanted } from './eligibility-rules.ts'
import type { Failure } from './failure.ts'
import { readPeopleOf } from './people.ts'
import type { Terminal } from './terminal.ts'

export interface EligibilityOptions {
  readonly rules: readonly string[]
  readonly people: string | undefined
  /** Whose till: says what a pharmacy takes part in. */
  readonly till: string | undefined
}

export interface Judging {
  /** undefined: the visit goes as it is. */
  readonly judge: Rules['judge']
  /** Why a pharmacy's visit was not judged: nobody wrote rules for that place and day, and none are guessed. */
  readonly notJudged: string | undefined
}

const AS_IT_IS: Judging = { judge: undefined, notJudged: undefined }
const NOT_WRITTEN: ReadonlySet<string> = new Set(['rules-region-unknown', 'rules-not-in-force'])

/** Whatever is named is read, also where nobody goes by it: a slip in a path must show, and before the card is asked. */
export function checkNamed({ rules, people, till }: EligibilityOptions, terminal: Terminal): Result<null, Failure> {
  const named = [
    () => (rules.length === 0 ? ok(null) : asBadInput(readRuleFiles(terminal.fixtures, rules))),
    () => (people === undefined ? ok(null) : readPeopleOf(people, terminal)),
    () => (till === undefined ? ok(null) : readTillNamed(till))
  ]
  for (const read of named) {
    const checked = read()
    if (!checked.ok) return checked
  }
  return ok(null)
}

const readTillNamed = (path: string): Result<TillFile, Failure> => readDocument(path, 'till', parseTill)

/** A hospital's visit is not judged. Rules that are named must cover the day. */
export function visitJudge(
  { visit, ledger, working, eligibility }: { readonly visit: Visit; readonly ledger: Ledger; readonly working: Rules; readonly eligibility: EligibilityOptions },
  terminal: Terminal
): Result<Judging, Failure> {
  if (!needsJudging(visit)) return ok(AS_IT_IS)
  const till = readTillNamed(eligibility.till ?? join(terminal.fixtures, 'till', 'pharmacy.json'))
  if (!till.ok) return till
  const people = readPeopleOf(eligibility.people, terminal)
  if (!people.ok) return people
  const place = placeOf(tillOf(visit, till.value))
  const on = dayOfService(visit)
  const rules = rulesWanted({ named: eligibility.rules, data: undefined, region: place.region, on }, terminal)
  if (!rules.ok) {
    const isOpen = eligibility.rules.length === 0 && NOT_WRITTEN.has(rules.error.kind)
    return isOpen ? ok({ judge: undefined, notJudged: rules.error.message }) : rules
  }
  const { catalogue, policies, register, centre, told } = working
  const ports = {
    ledger,
    catalogue,
    billRules: { ledger, catalogue, policies, centre, told },
    place,
    placeName: visit.fixmedins_name ?? '',
    rules: rules.value,
    on,
    registered: (cardId: string) => register.get(cardId),
    known: (citizenNumber: string) => people.value.get(citizenNumber),
    told: told ?? (() => undefined)
  }
  const { today } = terminal.clock()
  return ok({ judge: (card, of) => judgedVisit(ports, of, { card, today }), notJudged: undefined })
}

/** Another pharmacy than the till's takes part in nothing that nobody has said. */
const tillOf = ({ fixmedins_code, fixmedins_name = '', institution }: Visit, till: TillFile): TillFile =>
  till.institution.fixmedins_code === fixmedins_code
    ? till
    : { ...till, institution: { fixmedins_code, fixmedins_name, level: institution.level, kind: institution.kind, is_pooling: false, is_dual_channel: false } }
