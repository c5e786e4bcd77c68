import { expect, it } from 'vitest'
import { ok } from '../../../base/result.ts'
import { anyRefusalView } from './desk-refusal.ts'
import type { Desk } from './desk.ts'
import { deskHandlers } from './handlers.ts'

const CHANGE = { presence: 1, from: '246810', to: '135790', lastTry: false }

/** A desk whose card has taken the new PIN and was gone before it could be shown again. */
function deskOfCardThatLeft(): Desk {
  const cards = { panel: { state: 'no-card' }, changePin: () => Promise.resolve(ok(null)), changePinOnPad: () => Promise.resolve(ok(null)) }
  return { cards, ports: {}, bills: {}, loads: {} } as unknown as Desk
}

it.each(['card.change-pin', 'card.change-pin-on-pad'] as const)('%s says that the new PIN counts, also when the card has left since', async (name) => {
  const handlers = deskHandlers(deskOfCardThatLeft(), () => Promise.resolve([]))
  const answer = await handlers[name](CHANGE)
  expect(answer).toEqual({ ok: false, error: { kind: 'pin-changed-card-gone' } })
  expect(!answer.ok && anyRefusalView(answer.error)).toMatchObject({
    what: { zh: '密码已改为新密码，随后卡已离开或不再应答', en: 'the PIN was changed to the new one; then the card left or fell silent' },
    mend: { zh: '从现在起请使用新密码' }
  })
})
