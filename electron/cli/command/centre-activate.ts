import { ok } from '../../../base/result.ts'
import { changeCentreCard } from '../centre-card.ts'
import { required, type Command } from '../command.ts'
import type { Outcome } from '../failure.ts'

const SYNOPSIS = '--db URL --card ID [--undo]'

export const centreActivateCommand: Command = {
  name: 'centre activate',
  synopsis: SYNOPSIS,
  summary: 'a card put into use, or as it was handed out (--undo); terminals hear of it at their next sync (启用)',
  options: { db: { type: 'string' }, card: { type: 'string' }, undo: { type: 'boolean' } },
  positionals: [],
  run: async (input) => {
    const url = required(input, 'db', `centre activate ${SYNOPSIS}`)
    if (!url.ok) return url
    const card = required(input, 'card', `centre activate ${SYNOPSIS}`)
    if (!card.ok) return card
    return activate(url.value, card.value, !input.flag('undo'))
  }
}

async function activate(url: string, cardId: string, activated: boolean): Promise<Outcome> {
  const { setActivated } = await import('../../../settlement/centre/record/cards.ts')
  const changed = await changeCentreCard(url, cardId, (db) => setActivated(db, cardId, activated))
  if (!changed.ok) return changed
  return ok({ text: `${activated ? '已启用 activated' : '未启用 not activated'}: ${cardId}`, json: { card_id: cardId, activated } })
}
