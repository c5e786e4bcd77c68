/**
 * Target 21: "settle" pressed to durable and shown, the card's own time taken off, beside the sum of its parts: one round trip
 * to the host, the two commits of a settlement, one frame. All in this run.
 */

import { join } from 'node:path'
import { ROOT } from '../../../electron/build/project.ts'
import type { TraceLine } from '../../../electron/contract/reader-view.ts'
import { dataFolder } from '../../e2e/support/data-folder.ts'
import type { RemotePage } from '../../e2e/support/remote-page.ts'
import { complete, hold, openTill, settlementOf } from '../commit-settlement.ts'
import { median, type Figure } from '../figure.ts'
import { runWindow, until } from './run-window.ts'
import { givePin, insertCard, openBill } from './till-page.ts'

const SETTLEMENTS = 20
const LINES = 12
const F10 = 121
/** Nobody presses in the same moment in which the sum appears. */
const CASH_COUNTED_MS = 400
/** SELECT of the social security environment: the second one begins the reading of the card behind the answer. */
const SELECT_SSSE = '00A404000F'

/** After the frame that shows the result: when, from the key's own time, and what the card had taken by then. */
const WATCH = `(() => {
  window.settled = undefined
  window.traced = []
  window.stopTrace?.()
  window.stopTrace = window.caresettle.listen((event) => { if (event.topic === 'trace') window.traced.push(...event.lines) })
  addEventListener('keydown', (event) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('.result__head') === null) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => { window.settled = performance.now() - event.timeStamp }
        port2.postMessage(0)
      })
    })
    observer.observe(document.body, { childList: true, subtree: true })
  }, { capture: true, once: true })
})()`

const ROUND_TRIP = `(async () => {
  const times = []
  for (let i = 0; i < 50; i += 1) {
    const before = performance.now()
    await window.caresettle.call('card.reveal', { presence: 0, item: 'card-number' })
    times.push(performance.now() - before)
  }
  return times
})()`

/** A display of 60 Hz. */
const FRAME_MS = 1000 / 60

export async function settleBenchmark(display: string): Promise<Figure[]> {
  const data = dataFolder()
  const window = await runWindow(ROOT, [`--data=${data.path}`], display)
  const { page } = window
  const presence = await insertCard(page)
  const times: number[] = []
  for (let number = 0; number < SETTLEMENTS; number += 1) times.push(await settleOnce(page, presence, `BENCH-${number}`))
  const roundTrip = median((await page.evaluate(ROUND_TRIP)) as number[])
  await window.stop()
  const commits = commitsIn(data.path)
  data.remove()
  const [ours, parts] = [median(times), roundTrip + commits + FRAME_MS]
  return [
    {
      target: '21 settle to durable and shown',
      ours: `${ours.toFixed(1)} ms`,
      against: `parts ${parts.toFixed(1)} ms: round trip ${roundTrip.toFixed(1)}, commits ${commits.toFixed(2)}, frame ${FRAME_MS.toFixed(1)}`,
      ratio: ours / parts,
      bound: 'at most 1.5',
      met: ours <= 1.5 * parts
    }
  ]
}

async function settleOnce(page: RemotePage, presence: number, number: string): Promise<number> {
  await openBill(page, number, LINES)
  await givePin(page, presence)
  await new Promise((later) => setTimeout(later, CASH_COUNTED_MS))
  await page.evaluate(WATCH)
  await page.press('F10', F10)
  const shown = await until<number>(page, 'window.settled')
  const traced = await until<TraceLine[]>(page, `window.traced.filter(({ command }) => command.startsWith('${SELECT_SSSE}')).length > 1 && window.traced`)
  await page.press('F10', F10)
  await until(page, `document.querySelector('.result__head') === null`)
  return shown - cardTime(traced)
}

function cardTime(traced: readonly TraceLine[]): number {
  const [, reading = traced.length] = traced.flatMap(({ command }, index) => (command.startsWith(SELECT_SSSE) ? [index] : []))
  return traced.slice(0, reading).reduce((sum, { took }) => sum + took, 0)
}

/** Hold and posting of the same disk, in ms. */
function commitsIn(folder: string): number {
  const ledger = openTill(join(folder, 'commits.db'))
  const times = Array.from({ length: 100 }, (_, index) => {
    const settlement = settlementOf(index + 1)
    const before = performance.now()
    hold(ledger, settlement)
    complete(ledger, settlement)
    return performance.now() - before
  })
  ledger.close()
  return median(times)
}
