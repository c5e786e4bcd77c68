import { ok, type Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import { fen, formatFen } from '../../../settlement/money/fen.ts'
import type { CounterRefusal } from '../../host/counter-refusal.ts'
import type { Command } from '../command.ts'
import type { Failure, Outcome } from '../failure.ts'
import { readOptionalPin } from '../pin-input.ts'
import { table } from '../print/columns.ts'
import { counterFailure } from '../refusal-failure.ts'
import { withCardSession } from '../at-till.ts'

export const cardShowCommand: Command = {
  name: 'card show',
  synopsis: 'FILE [--pin-stdin]',
  summary: 'what a terminal reads from a card: without a PIN who and what it is, with it balance and log (读卡)',
  options: { 'pin-stdin': { type: 'boolean' } },
  positionals: ['FILE'],
  run: async (input, terminal) => {
    const [path = ''] = input.positionals
    const pin = await readOptionalPin(input, terminal, 'PIN')
    if (!pin.ok) return pin
    return withCardSession(path, terminal, async (session): Promise<Outcome> => {
      const shown = await showCard(session, pin.value)
      if (!shown.ok) return shown
      return ok({ text: table(rowsOf(shown.value), ['left', 'left']).join('\n'), json: shown.value })
    })
  }
}

type Shown = Readonly<Record<string, unknown>>

async function showCard(session: CardSession, pin: Pin | undefined): Promise<Result<Shown, Failure>> {
  const holder = await session.readHolder()
  if (!holder.ok) return unreadable(holder.error)
  const medical = await session.readMedical()
  if (!medical.ok) return unreadable(medical.error)
  const triesLeft = await session.pinTriesLeft()
  if (!triesLeft.ok) return unreadable(triesLeft.error)
  const { identity } = session
  const free = {
    version: identity.version,
    card_id: identity.identificationCode,
    card_number: identity.cardNumber,
    region: identity.region,
    issue_date: identity.issueDate,
    expiry_date: identity.expiryDate,
    expired: identity.expired,
    algorithm: identity.algorithm,
    holder: holder.value,
    medical: medical.value,
    pin_tries_left: triesLeft.value
  }
  if (pin === undefined) return ok(free)
  const account = await showAccount(session, pin)
  return account.ok ? ok({ ...free, ...account.value }) : account
}

async function showAccount(session: CardSession, pin: Pin): Promise<Result<Shown, Failure>> {
  const verified = await session.verifyPin(pin)
  if (!verified.ok) return counterFailure({ kind: 'pin', refusal: verified.error })
  const triesLeft = await session.pinTriesLeft()
  const balance = await session.readBalance()
  if (!balance.ok && balance.error.kind !== 'not-on-card') return unreadable(balance.error)
  const totals = await session.readYearlyTotals()
  const log = await session.readTransactionLog()
  if (!log.ok) return unreadable(log.error)
  const offline = await session.readOfflineCounters()
  return ok({
    pin_tries_left: triesLeft.ok ? triesLeft.value : 'unknown',
    /** null: the account is at the centre. */
    balance: balance.ok ? formatFen(fen(balance.value)) : null,
    yearly_totals: totals.ok
      ? { own: formatFen(fen(totals.value.own)), pooled: formatFen(fen(totals.value.pooled)), year: totals.value.year ?? null }
      : null,
    offline_counters: offline.ok ? { ...offline.value, amount: formatFen(fen(offline.value.amount)) } : null,
    log: log.value.map(({ amounts, ...entry }) => ({
      ...entry,
      account: formatFen(fen(amounts.account)),
      own: formatFen(fen(amounts.own)),
      pooled: formatFen(fen(amounts.pooled))
    }))
  })
}

const unreadable = (refusal: Extract<CounterRefusal, { kind: 'card-unreadable' }>['refusal']) =>
  counterFailure({ kind: 'card-unreadable', refusal })

/** Nested values one row each, named by their path; empty ones are left out. */
function rowsOf(shown: Shown, path = ''): string[][] {
  return Object.entries(shown).flatMap(([name, value]) => {
    if (value === undefined || value === '') return []
    if (Array.isArray(value)) return value.map((item: object, index) => [`${path}${name}[${index}]`, detailOf(item)])
    if (typeof value === 'object' && value !== null) return rowsOf(value as Shown, `${path}${name}.`)
    return [[`${path}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]]
  })
}

const detailOf = (item: object): string =>
  Object.entries(item)
    .map(([name, value]) => (name === 'kind' ? String(value) : `${name} ${String(value)}`))
    .join(' ')
