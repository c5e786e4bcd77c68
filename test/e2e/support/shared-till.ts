/** One window for all tests of a part; each begins as before a patient. A test that fails leaves a picture and says where. */

import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Page } from 'playwright-core'
import { screenshot } from './screenshot.ts'
import { Till } from './till.ts'
import type { OpenWindow } from './window.ts'

/** Enough to see what somebody at the window would have seen. */
const WORDS_MAX = 1500

export interface SharedTill {
  readonly till: Till
}

export function sharedTill(open: OpenWindow): SharedTill {
  let till: Till | undefined
  const opened = (): Till => {
    if (till === undefined) throw new Error('the window is not open')
    return till
  }
  beforeAll(async () => {
    till = new Till(await open())
    await till.page.getByRole('listbox').waitFor()
    await till.pace('即时')
  })
  afterAll(() => till?.window.close())
  beforeEach(() => opened().fresh())
  pictureOfFailure(opened)
  return {
    get till() {
      return opened()
    }
  }
}

/** What the topmost dialog says, or the whole window where none stands, on one line. */
async function wordsOnTop(page: Page): Promise<string> {
  const dialogs = page.getByRole('dialog')
  const words = await ((await dialogs.count()) > 0 ? dialogs.last() : page.locator('body')).innerText()
  return words.replaceAll(/\s+/g, ' ').slice(0, WORDS_MAX)
}

/** What stood on the screen when a test failed, named in its message. Call it after the hook that closes the window. */
export function pictureOfFailure(till: () => Till | undefined): void {
  afterEach(async ({ task }) => {
    const opened = till()
    if (task.result?.state !== 'fail' || opened === undefined || opened.page.isClosed()) return
    const { kind, page } = opened.window
    const path = await screenshot(page, `failed-${kind}-${task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}`)
    const words = await wordsOnTop(page)
    // What is reported is the stack; its first lines are the message.
    for (const error of task.result.errors ?? []) error.stack = `the screen then: ${path}\n  it said: ${words}\n${error.stack ?? error.message}`
  })
}
