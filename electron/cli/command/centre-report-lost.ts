import { ok } from '../../../base/result.ts'
import { changeCentreCard } from '../centre-card.ts'
import { required, type Command } from '../command.ts'
import { badInput, type Outcome } from '../failure.ts'

const SYNOPSIS = '--db URL --card ID [--formal | --found]'

export const centreReportLostCommand: Command = {
  name: 'centre report-lost',
  synopsis: SYNOPSIS,
  summary: 'a card reported lost by telephone, or in person (--formal), or found again; terminals hear of it at their next sync (挂失)',
  options: { db: { type: 'string' }, card: { type: 'string' }, formal: { type: 'boolean' }, found: { type: 'boolean' } },
  positionals: [],
  run: async (input) => {
    const url = required(input, 'db', `centre report-lost ${SYNOPSIS}`)
    if (!url.ok) return url
    const card = required(input, 'card', `centre report-lost ${SYNOPSIS}`)
    if (!card.ok) return card
    if (input.flag('formal') && input.flag('found')) return badInput('options-exclude', '--formal and --found: give at most one of the two')
    return report(url.value, card.value, input.flag('found') ? undefined : input.flag('formal') ? 'formal' : 'temporary')
  }
}

/** `lost` undefined: it was found. */
async function report(url: string, cardId: string, lost: 'temporary' | 'formal' | undefined): Promise<Outcome> {
  const { reportFound, reportLost } = await import('../../../settlement/centre/record/cards.ts')
  const changed = await changeCentreCard(url, cardId, (db, since) => (lost === undefined ? reportFound(db, cardId) : reportLost(db, { cardId, lost, since })))
  if (!changed.ok) return changed
  const text = lost === undefined ? '已解挂 found again' : lost === 'formal' ? '书面挂失 reported lost in person' : '临时挂失 reported lost by telephone'
  return ok({ text: `${text}: ${cardId}`, json: { card_id: cardId, lost: lost ?? '', since: lost === undefined ? '' : changed.value } })
}
