/**
 * From Chromium's own time of a key to after the frame that shows what it changed. Stands in the page as text: `watch` names
 * the element whose change is waited for.
 */

import type { RemotePage } from '../../e2e/support/remote-page.ts'
import { until } from './run-window.ts'

const listener = (watch: string): string => `(() => {
  window.keyTimes = []
  const watched = document.querySelector(${JSON.stringify(watch)})
  addEventListener('keydown', (event) => {
    const pressed = event.timeStamp
    const observer = new MutationObserver(() => {
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.keyTimes.push(performance.now() - pressed)
        port2.postMessage(0)
      })
    })
    observer.observe(watched, { characterData: true, childList: true, subtree: true })
  }, true)
  return watched !== null
})()`

const KEYS = 100
/** Quantities grow to two digits and shrink again, so that every key changes the total. */
const SEQUENCE = ['2', 'Backspace', '5', 'Backspace'] as const
const BACKSPACE_CODE = 8

/** ms for each of a hundred keys. The focus stands in a quantity that says 1. */
export async function keyToPaint(page: RemotePage, watch: string): Promise<number[]> {
  if ((await page.evaluate(listener(watch))) !== true) throw new Error(`the page has no ${watch}`)
  for (let key = 1; key <= KEYS; key += 1) {
    const pressed = SEQUENCE[(key - 1) % SEQUENCE.length] ?? '2'
    if (pressed === 'Backspace') await page.press(pressed, BACKSPACE_CODE)
    else await page.write(pressed)
    await until(page, `window.keyTimes.length >= ${key}`)
  }
  return (await page.evaluate('window.keyTimes')) as number[]
}
