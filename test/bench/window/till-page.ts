/** The window brought to where a benchmark begins: a card in the reader, a bill open, the PIN given. */

import type { RemotePage } from '../../e2e/support/remote-page.ts'
import { visitText } from './bill.ts'
import { until } from './run-window.ts'

const CARD = 'in-service-32k'
const PIN = '246810'

export const call = (page: RemotePage, name: string, params: object): Promise<unknown> =>
  page.evaluate(`window.caresettle.call(${JSON.stringify(name)}, ${JSON.stringify(params)})`)

export async function insertCard(page: RemotePage): Promise<number> {
  await until(page, `performance.getEntriesByName('caresettle-ready').length > 0`)
  await call(page, 'reader.pace', { pace: 'instant' })
  await call(page, 'reader.insert', { card: CARD })
  return until<number>(
    page,
    `window.caresettle.call('terminal.state', {}).then((state) => state.ok && state.value.panel.state === 'ready' && state.value.panel.card.presence)`
  )
}

export async function openBill(page: RemotePage, number: string, lines: number): Promise<void> {
  await call(page, 'bill.open-text', { text: visitText(number, lines) })
  await until(page, `document.querySelector('[id^="cell-"]') !== null`)
}

export async function givePin(page: RemotePage, presence: number): Promise<void> {
  await call(page, 'card.verify-pin', { presence, pin: PIN, lastTry: false })
  await until(page, `document.querySelector('[data-step="settle"]') !== null`)
}
