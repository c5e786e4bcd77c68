import { writeFileSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { decodeReport } from '../../../settlement/close/canonical-report.ts'
import { reportCsv } from '../../../settlement/close/report-csv.ts'
import type { CloseState } from '../../../settlement/ledger/ledger-views.ts'
import { openLedgerForReading, type SqliteLedgerReader } from '../../../settlement/store/sqlite/open-ledger.ts'
import { lineNames } from '../../host/close/report-text.ts'
import { hexOf } from '../../host/records/fact-hash.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { Command, CommandInput } from '../command.ts'
import { closeFailure, DAY_OPTIONS, dayPlaceOf } from '../day-place.ts'
import { factNumber } from '../fact-number.ts'
import type { Failure, Outcome } from '../failure.ts'
import { dayText } from '../print/day-text.ts'
import { ledgerFailure } from '../refusal-failure.ts'

const SYNOPSIS = '--data FOLDER [--close NUMBER] [--csv FILE]'

export const dayReportCommand: Command = {
  name: 'day report',
  synopsis: SYNOPSIS,
  summary: 'the report of a close, the last one unless its number is given; also as CSV for a spreadsheet (日结报表)',
  options: { ...DAY_OPTIONS, close: { type: 'string' }, csv: { type: 'string' } },
  positionals: [],
  run: (input, terminal) => {
    const place = dayPlaceOf(input, terminal, `day report ${SYNOPSIS}`)
    if (!place.ok) return place
    const ledger = openLedgerForReading(place.value.ledger)
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      const state = closeOf(ledger.value, input)
      return state.ok ? reported(state.value, input.text('csv')) : state
    } finally {
      ledger.value.close()
    }
  }
}

const CLOSES_MAX = 100_000

function closeOf(ledger: SqliteLedgerReader, input: CommandInput): Result<CloseState, Failure> {
  const named = input.text('close')
  const asked = named === undefined ? ok(undefined) : factNumber('close', named)
  if (!asked.ok) return asked
  const closes = ledger.closes(CLOSES_MAX)
  if (!closes.ok) return closeFailure(closes.error)
  const found = asked.value === undefined ? closes.value[0] : closes.value.find(({ close }) => close.sequence === asked.value)
  return found === undefined ? closeFailure({ kind: 'close-unknown', close: asked.value ?? 0 }) : ok(found)
}

function reported({ close, reopen }: CloseState, csv: string | undefined): Outcome {
  const report = decodeReport(close.fact.report)
  if (report === undefined) return closeFailure({ kind: 'report-unreadable', close: close.sequence })
  if (csv !== undefined) writeFileSync(csv, reportCsv(report, lineNames(report)))
  const reopened = reopen === undefined ? [] : [`已重开，不算数 reopened, counts no longer: ${readableTime(reopen.fact.reopenedAt)} ${reopen.fact.reason}`]
  return ok({
    text: [
      dayText(report),
      `签于 signed ${readableTime(close.fact.closedAt)}, fact ${close.sequence}, ${hexOf(close.hash)}`,
      ...reopened,
      ...(csv === undefined ? [] : [`已存到 saved ${csv}`])
    ].join('\n'),
    json: {
      close: close.sequence,
      hash: hexOf(close.hash),
      signature: close.fact.signature,
      reopened: reopen === undefined ? null : { at: reopen.fact.reopenedAt, reason: reopen.fact.reason },
      report
    }
  })
}
