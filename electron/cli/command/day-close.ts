import { ok, type Result } from '../../../base/result.ts'
import { askAboutDay, countDrawer, decide, signDay, type ClosePorts } from '../../../settlement/case/close-day.ts'
import { decodeReport } from '../../../settlement/close/canonical-report.ts'
import type { CentreAnswer } from '../../../settlement/close/centre-answer.ts'
import { readDay, type Day, type Hindrance } from '../../../settlement/close/day.ts'
import { reportItem } from '../../../settlement/close/report-item.ts'
import type { Resolution } from '../../../settlement/close/resolution.ts'
import { parseFen, ZERO, type Fen } from '../../../settlement/money/fen.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { centreReversal } from '../../host/close/centre-reversal.ts'
import { handOverWords } from '../../host/close/hand-over-words.ts'
import { parkedEntries } from '../../host/close/parked-entries.ts'
import { hexOf } from '../../host/records/fact-hash.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { askingOf, booksOf, closeFailure, DAY_OPTIONS, dayPlaceOf, headOf, keyOf, type DayPlace } from '../day-place.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import { dayText, itemLine } from '../print/day-text.ts'
import type { Terminal } from '../terminal.ts'
import { openWritableLedger } from '../writable-ledger.ts'

const SYNOPSIS =
  '--data FOLDER --drawer AMOUNT [--float AMOUNT] [--collected AMOUNT] [--note TEXT] [--carry-over ITEM ...] [--hand-over ITEM=NAME:NOTE ...] [--reverse ITEM=NOTE ...] [--by NAME]'
const USAGE = `day close ${SYNOPSIS}`

export const dayCloseCommand: Command = {
  name: 'day close',
  synopsis: SYNOPSIS,
  summary: 'count the drawer, decide about what is open, sign the day (日结); exit code 3 names what still stands in the way',
  options: {
    ...DAY_OPTIONS,
    drawer: { type: 'string' },
    float: { type: 'string' },
    collected: { type: 'string' },
    note: { type: 'string' },
    'carry-over': { type: 'string', multiple: true },
    'hand-over': { type: 'string', multiple: true },
    reverse: { type: 'string', multiple: true },
    by: { type: 'string' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const place = dayPlaceOf(input, terminal, USAGE)
    if (!place.ok) return place
    const asked = parse(input, place.value.till.terminal_name)
    if (!asked.ok) return asked
    const ledger = openWritableLedger(place.value.ledger, { create: false })
    if (!ledger.ok) return ledger
    try {
      return await close({ place: place.value, terminal, ledger: ledger.value, ...asked.value })
    } finally {
      ledger.value.close()
    }
  }
}

interface Choice {
  /** Key of an item, or the number of what it is about. */
  readonly item: string
  readonly resolution: Resolution
  readonly person: string
  readonly note: string
}

interface Asked {
  readonly counted: Fen
  readonly float: Fen
  readonly collected: Fen
  readonly choices: readonly Choice[]
  readonly by: string
}

function parse(input: CommandInput, counter: string): Result<Asked, Failure> {
  const drawer = required(input, 'drawer', USAGE)
  if (!drawer.ok) return drawer
  const counted = amount('drawer', drawer.value)
  if (!counted.ok) return counted
  const float = amount('float', input.text('float') ?? '0.00')
  if (!float.ok) return float
  const collected = amount('collected', input.text('collected') ?? '0.00')
  if (!collected.ok) return collected
  const worded = [...input.list('hand-over').map(handOver), ...input.list('reverse').map(reversal)]
  const broken = worded.find((choice) => !choice.ok)
  if (broken !== undefined && !broken.ok) return broken
  const note = input.text('note')
  const choices: Choice[] = [
    ...worded.flatMap((choice) => (choice.ok ? [choice.value] : [])),
    ...input.list('carry-over').map((item): Choice => ({ item, resolution: 'carry-over', person: '', note: '' })),
    ...(note === undefined ? [] : [{ item: 'drawer', resolution: 'book-difference', person: '', note } as const])
  ]
  return ok({ counted: counted.value, float: float.value, collected: collected.value, choices, by: input.text('by') ?? counter })
}

function amount(option: string, text: string): Result<Fen, Failure> {
  const parsed = parseFen(text)
  return parsed === undefined ? badInput('amount-malformed', `--${option} "${text}" is no amount such as 1234.50`) : ok(parsed)
}

function handOver(text: string): Result<Choice, Failure> {
  const at = text.indexOf('=')
  if (at < 1) return badInput('bad-option', `--hand-over "${text}" is not ITEM=NAME:NOTE; usage: caresettle ${USAGE}`)
  return ok({ item: text.slice(0, at), resolution: 'hand-to-person', ...handOverWords(text.slice(at + 1)) })
}

function reversal(text: string): Result<Choice, Failure> {
  const at = text.indexOf('=')
  if (at < 1) return badInput('bad-option', `--reverse "${text}" is not ITEM=NOTE; usage: caresettle ${USAGE}`)
  return ok({ item: text.slice(0, at), resolution: 'reverse-at-centre', person: '', note: text.slice(at + 1).trim() })
}

interface Closing extends Asked {
  readonly place: DayPlace
  readonly terminal: Terminal
  readonly ledger: SqliteLedger
}

async function close(closing: Closing): Promise<Outcome> {
  const { place, terminal, ledger } = closing
  const head = headOf(place, terminal)
  const ports: ClosePorts = {
    ledger,
    notes: ledger.closeNotes,
    parked: parkedEntries(ledger, ledger.sync),
    canReverse: place.centre !== undefined,
    centre: booksOf(place, terminal),
    // Entries go up with `caresettle sync`; what stands by itself or is handed over sets nothing going here.
    actions: { upload: () => undefined, retry: async () => NOT_HERE, reverse: centreReversal(() => askingOf(place, terminal)) }
  }
  const answer = await askAboutDay(ports, head.day)
  if (!answer.ok) return closeFailure(answer.error)
  const said = await say(ports, closing, answer.value, head.closedAt)
  if (!said.ok) return said
  const compared = await afterReversals(ports, closing, answer.value, head.day)
  if (!compared.ok) return compared
  const key = keyOf(place)
  if (!key.ok) return key
  const signed = signDay(ports, { head, answer: compared.value, seen: undefined, key: key.value })
  if (!signed.ok) return signed.error.kind === 'hindered' ? hindered(signed.error.hindrances) : closeFailure(signed.error)
  const { sequence, hash, fact } = signed.value
  const report = decodeReport(fact.report)
  return ok({
    text: [...(report === undefined ? [] : [dayText(report)]), `已日结 closed: ${fact.day}, fact ${sequence}, ${hexOf(hash)}`].join('\n'),
    json: { close: sequence, hash: hexOf(hash), signature: fact.signature, report }
  })
}

const NOT_HERE = { ok: false, error: 'caresettle sync' } as const

/** The count, then every decision; one that cannot be made ends it, and those before it stay made. */
async function say(ports: ClosePorts, { counted, float, collected, choices, by }: Closing, answer: CentreAnswer, at: string): Promise<Result<undefined, Failure>> {
  const before = readDay(ports, answer)
  if (!before.ok) return closeFailure(before.error)
  if (before.value.period.isEmpty) return closeFailure({ kind: 'hindered', hindrances: before.value.hindrances })
  const unknown = unknownItem(before.value, choices)
  if (unknown !== undefined) return unknown
  const done = countDrawer(ports, { counted, float, collected }, at)
  if (!done.ok) return closeFailure(done.error)
  const day = readDay(ports, answer)
  if (!day.ok) return closeFailure(day.error)
  for (const { item, ...words } of choices) {
    // A reason for a drawer that is right in the end is no reason.
    if (item === 'drawer' && day.value.drawer?.difference === ZERO) continue
    const decided = await decide(ports, day.value, { item: itemNamed(day.value, item), ...words, by, at })
    if (!decided.ok) return closeFailure(decided.error)
  }
  return ok(undefined)
}

/** What was taken back there is another row now; a centre that has gone since leaves what it said before. */
async function afterReversals(ports: ClosePorts, { choices }: Closing, answer: CentreAnswer, today: string): Promise<Result<CentreAnswer, Failure>> {
  if (!choices.some(({ resolution }) => resolution === 'reverse-at-centre')) return ok(answer)
  const again = await askAboutDay(ports, today)
  if (!again.ok) return closeFailure(again.error)
  return ok(again.value.kind === 'answered' ? again.value : answer)
}

/** By its key, or by the number of the settlement or load that it is about. */
const itemNamed = ({ items }: Day, name: string): string => items.find(({ item }) => item === name || item.endsWith(`:${name}`))?.item ?? name

const OPTION: Readonly<Partial<Record<Resolution, string>>> = { 'carry-over': 'carry-over', 'hand-to-person': 'hand-over', 'reverse-at-centre': 'reverse' }

/** Before anything is written. The drawer is an item when it was counted. */
function unknownItem(day: Day, choices: readonly Choice[]): { readonly ok: false; readonly error: Failure } | undefined {
  const names = day.items.map(({ item }) => item)
  const unknown = choices.find(({ item }) => item !== 'drawer' && !names.includes(itemNamed(day, item)))
  if (unknown === undefined) return undefined
  const allowed = names.length === 0 ? 'there is none today' : names.join(', ')
  return badInput('item-unknown', `--${OPTION[unknown.resolution] ?? 'note'}: "${unknown.item}" must be a difference of this day: ${allowed} (不在差异中)`)
}

function hindered(hindrances: readonly Hindrance[]): { readonly ok: false; readonly error: Failure } {
  const items = hindrances.flatMap((hindrance) => (hindrance.kind === 'items-open' ? hindrance.items.map(reportItem) : []))
  const { error } = closeFailure({ kind: 'hindered', hindrances }, { items })
  return { ok: false, error: { ...error, message: [error.message, ...items.map(itemLine)].join('; ') } }
}
