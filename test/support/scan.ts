/** A scanner in jsdom: a key every 5 ms and Enter, to whatever has the focus. Its clock runs ahead of the person's. */

import { act } from '@testing-library/react'

const EVERY_MS = 5
let at = 0

export function scan(text: string): void {
  at = Math.max(at, performance.now()) + 1000
  act(() => {
    for (const key of [...Array.from(text), 'Enter']) {
      at += EVERY_MS
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: at })
      ;(document.activeElement ?? document.body).dispatchEvent(event)
    }
  })
}
