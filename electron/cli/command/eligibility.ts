import { join } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { parseDate, type BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { itemFacts } from '../../../settlement/catalogue/item-facts.ts'
import { judge } from '../../../settlement/eligibility/judge.ts'
import { parseQuestion } from '../../../settlement/eligibility/parse-question.ts'
import type { Question } from '../../../settlement/eligibility/question.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { CardData } from '../../host/insured-person.ts'
import { readCardRegister } from '../../host/issue-card.ts'
import { readCard } from '../../host/patient.ts'
import { checkEligibility } from '../../host/sale/eligibility-check.ts'
import { placeOf } from '../../host/sale/pharmacy.ts'
import { saleRefusalView } from '../../host/sale/sale-refusal.ts'
import { parseTill } from '../../host/till-file.ts'
import { withCardSession } from '../at-till.ts'
import { withCatalogue } from '../catalogue-place.ts'
import type { Command, CommandInput } from '../command.ts'
import { asBadInput, readDocument } from '../document.ts'
import { rulesWanted } from '../eligibility-rules.ts'
import { badInput, type Failure, type Outcome, type Output } from '../failure.ts'
import { readCatalogue } from '../fixtures.ts'
import { readPeopleOf } from '../people.ts'
import { eligibilityJson, eligibilityText, type Judged } from '../print/eligibility-text.ts'
import { counterFailure, ledgerFailure } from '../refusal-failure.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS =
  '(--item CODE [--card FILE] [--quantity N] [--days N] [--till FILE] [--people FILE] [--ledger DB] | --question FILE) [--rules FILE]... [--catalogue FILE] [--data FOLDER] [--on DATE]'

/** Without --card: the general rules of the place. --people: a file such as fixtures/people/people.json. --data: the packs and the catalogue that are installed there are used. */
export const eligibilityCommand: Command = {
  name: 'eligibility',
  synopsis: SYNOPSIS,
  summary: 'is this drug covered for this person, here, on this day; exit code 1: it may not be sold (医保药品资格核查)',
  options: {
    item: { type: 'string' },
    card: { type: 'string' },
    quantity: { type: 'string' },
    days: { type: 'string' },
    till: { type: 'string' },
    people: { type: 'string' },
    ledger: { type: 'string' },
    question: { type: 'string' },
    rules: { type: 'string', multiple: true },
    catalogue: { type: 'string' },
    data: { type: 'string' },
    on: { type: 'string' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const [item, question] = [input.text('item'), input.text('question')]
    if ((item === undefined) === (question === undefined)) return badInput('missing-option', `give either --item or --question; usage: caresettle eligibility ${SYNOPSIS}`)
    const on = dayAsked(input)
    if (!on.ok) return on
    return withCatalogueOf(input, terminal, (catalogue) =>
      question === undefined
        ? aboutItem({ input, catalogue, on: on.value ?? terminal.clock().today, code: item ?? '' }, terminal)
        : aboutQuestion({ input, catalogue, on: on.value, path: question }, terminal)
    )
  }
}

/** The file that is named, else what a till of the data folder works by. */
async function withCatalogueOf(input: CommandInput, terminal: Terminal, work: (catalogue: Catalogue) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const [path, data] = [input.text('catalogue'), input.text('data')]
  if (path === undefined && data !== undefined) return withCatalogue(data, terminal, work)
  const catalogue = readCatalogue(terminal, path)
  return catalogue.ok ? work(catalogue.value) : catalogue
}

/** undefined: today, or the question's own day. */
function dayAsked(input: CommandInput): Result<BusinessDate | undefined, Failure> {
  const text = input.text('on')
  const day = text === undefined ? undefined : parseDate(text)
  return text !== undefined && day === undefined ? badInput('bad-input', `--on "${text}" is refused: must be a day of the calendar, "YYYY-MM-DD"`) : ok(day)
}

interface Asking {
  readonly input: CommandInput
  readonly catalogue: Catalogue
}

function aboutQuestion({ input, catalogue, on, path }: Asking & { readonly on: BusinessDate | undefined; readonly path: string }, terminal: Terminal): Outcome {
  const read = readDocument(path, 'question', (json) =>
    parseQuestion(json, (code, day) => {
      const item = catalogue.get(code, on ?? day)
      return item && itemFacts(item, on ?? day)
    })
  )
  if (!read.ok) return read
  const question: Question = on === undefined ? read.value : { ...read.value, on }
  const rules = rulesWanted({ named: input.list('rules'), data: input.text('data'), region: question.place.region, on: question.on }, terminal)
  return rules.ok ? ok(output({ question, rules: rules.value, verdict: judge(rules.value, question) })) : rules
}

function output(judged: Judged, more: object = {}): Output {
  const isForbidden = judged.verdict.items.some(({ cover }) => cover === 'forbidden')
  return { text: eligibilityText(judged).join('\n'), json: { ...(eligibilityJson(judged) as object), ...more }, exitCode: isForbidden ? 1 : 0 }
}

async function aboutItem(asking: Asking & { readonly on: BusinessDate; readonly code: string }, terminal: Terminal): Promise<Outcome> {
  const { input, on } = asking
  const till = readDocument(input.text('till') ?? join(terminal.fixtures, 'till', 'pharmacy.json'), 'till', parseTill)
  if (!till.ok) return till
  const people = readPeopleOf(input.text('people'), terminal)
  if (!people.ok) return people
  const place = placeOf(till.value)
  const rules = rulesWanted({ named: input.list('rules'), data: input.text('data'), region: place.region, on }, terminal)
  if (!rules.ok) return rules
  const cardPath = input.text('card')
  const register = cardPath === undefined ? ok(undefined) : asBadInput(readCardRegister(cardPath))
  if (!register.ok) return register
  const card = cardPath === undefined ? ok(undefined) : await cardData(cardPath, terminal)
  if (!card.ok) return card
  return withLedger(input.text('ledger'), (ledger) => {
    const answer = checkEligibility({
      ports: {
        ledger,
        catalogue: asking.catalogue,
        place,
        placeName: till.value.institution.fixmedins_name,
        rules: rules.value,
        on,
        registered: (cardId) => register.value?.get(cardId),
        known: (citizenNumber) => people.value.get(citizenNumber),
        told: () => undefined
      },
      card: card.value,
      moment: { ...terminal.clock(), today: on },
      code: asking.code,
      quantity: input.text('quantity') ?? '1',
      days: input.text('days') ?? null
    })
    if (!answer.ok) {
      const { kind, what } = saleRefusalView(answer.error)
      return badInput(kind, `${what.en} (${what.zh})`)
    }
    const { question, view } = answer.value
    const { holder, substitutes } = view
    return ok(output({ question, rules: rules.value, verdict: answer.value.verdict }, { holder, substitutes }))
  })
}

const cardData = (path: string, terminal: Terminal): Promise<Result<CardData, Failure>> =>
  withCardSession(path, terminal, async (session) => {
    const read = await readCard(session)
    return read.ok ? read : counterFailure(read.error)
  })

function withLedger(path: string | undefined, work: (ledger: LedgerReader) => Outcome): Outcome {
  if (path === undefined) return work(writeLedger(memoryStore()))
  const ledger = openLedger({ path, create: false })
  if (!ledger.ok) return ledgerFailure(ledger.error)
  try {
    return work(ledger.value)
  } finally {
    ledger.value.close()
  }
}
