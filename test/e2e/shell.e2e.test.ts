/** The shell in real Electron: what its window may do, and what it never may. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp, type OpenApp } from './support/electron-app.ts'

let open: OpenApp

beforeAll(async () => {
  open = await openApp({ host: `${import.meta.dirname}/../support/fake-host.ts` })
})
afterAll(() => open.close())

describe('the window', () => {
  it('shows its own page from its own origin', () => {
    expect(open.page.url()).toBe('caresettle://app/')
  })

  it('gives the page exactly one object with call, listen and print', async () => {
    expect(await open.page.evaluate(() => Object.keys(window.caresettle ?? {}).toSorted())).toEqual(['call', 'listen', 'print'])
  })
})
