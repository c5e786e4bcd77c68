import { ok } from '../../../base/result.ts'
import { reopenDay } from '../../../settlement/case/close-day.ts'
import { required, type Command } from '../command.ts'
import { closeFailure, DAY_OPTIONS, dayPlaceOf } from '../day-place.ts'
import { openWritableLedger } from '../writable-ledger.ts'

const SYNOPSIS = '--data FOLDER --reason TEXT'

export const dayReopenCommand: Command = {
  name: 'day reopen',
  synopsis: SYNOPSIS,
  summary: 'the last close counts no longer; its facts belong to the next one, which says what has changed (重开日结)',
  options: { ...DAY_OPTIONS, reason: { type: 'string' } },
  positionals: [],
  run: (input, terminal) => {
    const place = dayPlaceOf(input, terminal, `day reopen ${SYNOPSIS}`)
    if (!place.ok) return place
    const reason = required(input, 'reason', `day reopen ${SYNOPSIS}`)
    if (!reason.ok) return reason
    const ledger = openWritableLedger(place.value.ledger, { create: false })
    if (!ledger.ok) return ledger
    try {
      const reopened = reopenDay(ledger.value, undefined, reason.value, terminal.clock().cardTime)
      if (!reopened.ok) return closeFailure(reopened.error)
      const { sequence, fact } = reopened.value
      return ok({
        text: `已重开 reopened: ${fact.day}, close ${fact.close}, fact ${sequence}: ${fact.reason}`,
        json: { reopen: sequence, close: fact.close, day: fact.day, reason: fact.reason, reopened_at: fact.reopenedAt }
      })
    } finally {
      ledger.value.close()
    }
  }
}
