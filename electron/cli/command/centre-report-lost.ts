import { ok } from '../../../base/result.ts'
import { centreFailure } from '../centre-failure.ts'
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
  // Read when they are needed: no other command waits for a database driver.
  const { openCentre } = await import('../../../settlement/centre/store/open-centre.ts')
  const { findCards, reportFound, reportLost } = await import('../../../settlement/centre/record/cards.ts')
  const { systemCentreClock } = await import('../../centre/centre-clock.ts')
  const database = await openCentre(url, { create: false })
  if (!database.ok) return centreFailure(database.error)
  try {
    const since = systemCentreClock().time
    const [card] = await database.value.write(async (db) => {
      const found = await findCards(db, [cardId])
      if (lost === undefined) await reportFound(db, cardId)
      else await reportLost(db, { cardId, lost, since })
      return found
    })
    if (card === undefined) return badInput('card-unknown', '--card: this centre has issued no such card')
    const text = lost === undefined ? '已解挂 found again' : lost === 'formal' ? '书面挂失 reported lost in person' : '临时挂失 reported lost by telephone'
    return ok({ text: `${text}: ${cardId}`, json: { card_id: cardId, lost: lost ?? '', since: lost === undefined ? '' : since } })
  } finally {
    await database.value.close()
  }
}
