import { ok } from '../../../base/result.ts'
import { askAboutDay } from '../../../settlement/case/close-day.ts'
import { readDay } from '../../../settlement/close/day.ts'
import { reportOf } from '../../../settlement/close/report.ts'
import { openLedgerForReading, type SqliteLedgerReader } from '../../../settlement/store/sqlite/open-ledger.ts'
import { hindranceTexts } from '../../host/close/hindrance-text.ts'
import { parkedEntries } from '../../host/close/parked-entries.ts'
import type { Command } from '../command.ts'
import { booksOf, closeFailure, DAY_OPTIONS, dayPlaceOf, headOf, type DayPlace } from '../day-place.ts'
import type { Outcome } from '../failure.ts'
import { dayText } from '../print/day-text.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--data FOLDER'

export const dayShowCommand: Command = {
  name: 'day show',
  synopsis: SYNOPSIS,
  summary: 'what a close would say now: till, ledger, cards and centre to the fen, and what is open; changes nothing (日结预览)',
  options: DAY_OPTIONS,
  positionals: [],
  run: async (input, terminal) => {
    const place = dayPlaceOf(input, terminal, `day show ${SYNOPSIS}`)
    if (!place.ok) return place
    const ledger = openLedgerForReading(place.value.ledger)
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      return await show(ledger.value, place.value, terminal)
    } finally {
      ledger.value.close()
    }
  }
}

async function show(ledger: SqliteLedgerReader, place: DayPlace, terminal: Terminal): Promise<Outcome> {
  const head = headOf(place, terminal)
  const answer = await askAboutDay({ ledger, centre: booksOf(place, terminal) }, head.day)
  if (!answer.ok) return closeFailure(answer.error)
  const day = readDay({ ledger, notes: ledger.closeNotes, parked: parkedEntries(ledger, ledger.sync), canReverse: place.centre !== undefined }, answer.value)
  if (!day.ok) return closeFailure(day.error)
  const report = reportOf(day.value, { ...head, signer: null })
  const why = hindranceTexts(day.value.hindrances)
  return ok({
    text: [dayText(report), ...why.map(({ zh, en }) => `还不能日结 cannot be closed yet: ${zh} ${en}`)].join('\n'),
    json: { ...report, hindrances: day.value.hindrances.map(({ kind }) => kind) }
  })
}
