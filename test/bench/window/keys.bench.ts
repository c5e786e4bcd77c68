/** Target 20: a key in a bill of 500 lines to the painted new totals, by the real rules in the host, beside a bare table. */

import { ROOT } from '../../../electron/build/project.ts'
import { dataFolder } from '../../e2e/support/data-folder.ts'
import { median, quantile, type Figure } from '../figure.ts'
import { keyToPaint } from './key-to-paint.ts'
import { PEER } from './peer.ts'
import { runWindow, until } from './run-window.ts'
import { insertCard, openBill } from './till-page.ts'

const LINES = 500
const FRAME_MS = 1000 / 60
const QUANTITY = '#cell-3-quantity'

export async function keysBenchmark(display: string): Promise<Figure[]> {
  const ours = await ourKeys(display)
  const table = await tableKeys(display)
  const [p50, p95, bare] = [median(ours), quantile(ours, 0.95), median(table)]
  return [
    {
      target: '20 key to paint, 500 lines',
      ours: `p50 ${p50.toFixed(1)} ms`,
      against: `plain DOM table p50 ${bare.toFixed(1)} ms, p95 ${quantile(table, 0.95).toFixed(1)} ms`,
      ratio: p50 / bare,
      bound: 'at most 0.6',
      met: p50 <= 0.6 * bare
    },
    {
      target: '20 key to paint, p95',
      ours: `${p95.toFixed(1)} ms`,
      against: `one frame ${FRAME_MS.toFixed(1)} ms`,
      ratio: p95 / FRAME_MS,
      bound: 'at most 1',
      met: p95 <= FRAME_MS
    }
  ]
}

async function ourKeys(display: string): Promise<number[]> {
  const data = dataFolder()
  const window = await runWindow(ROOT, [`--data=${data.path}`], display)
  await insertCard(window.page)
  await openBill(window.page, 'BENCH-KEYS', LINES)
  await until(window.page, `document.querySelector('.split')?.textContent.includes('.')`)
  await window.page.evaluate(`document.querySelector('${QUANTITY}').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))`)
  await until(window.page, `document.activeElement?.tagName === 'INPUT'`)
  await window.page.write('1')
  const times = await keyToPaint(window.page, '.split')
  await window.stop()
  data.remove()
  return times
}

async function tableKeys(display: string): Promise<number[]> {
  const data = dataFolder()
  const window = await runWindow(PEER, ['--page=table', `--data=${data.path}`], display)
  await until(window.page, `document.querySelectorAll('#lines tr').length === ${LINES}`)
  await window.page.evaluate(`document.querySelector('input').focus()`)
  const times = await keyToPaint(window.page, '#total')
  await window.stop()
  data.remove()
  return times
}
