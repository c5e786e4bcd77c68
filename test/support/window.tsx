/** The whole window on the contract's fake, in jsdom: what jsdom has no idea of (media, sizes) is told to it here. */

import { configure, render, screen, within } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { createFakeTerminal, type FakeTerminal, type FakeTerminalOptions } from '../../electron/contract/fake/fake-terminal.ts'
import { App } from '../../renderer/app.tsx'
import type { Language } from '../../renderer/i18n/language.ts'
import { speak } from '../../renderer/i18n/words.ts'
import { fillStores } from '../../renderer/stores/fill-stores.ts'
import { createStores, type Stores } from '../../renderer/stores/stores.ts'

// A dialog's code is fetched when it is first opened, which in a test is when it is compiled.
configure({ asyncUtilTimeout: 10_000 })

/** Height that every box claims to have, so that a list of rows in sight has some. */
const BOX_PX = 600

export interface OpenedWindow {
  readonly fake: FakeTerminal
  readonly stores: Stores
  readonly user: UserEvent
  readonly press: (...keys: readonly string[]) => Promise<void>
}

export interface WindowOptions extends FakeTerminalOptions {
  readonly language?: Language
  readonly settings?: Parameters<typeof userEvent.setup>[0]
}

export async function openWindow({ language = 'zh-CN', settings, ...options }: WindowOptions = {}): Promise<OpenedWindow> {
  giveSizes()
  await speak(language)
  const fake = createFakeTerminal(options)
  const stores = createStores()
  fillStores(fake, stores)
  const user = userEvent.setup({ pointerEventsCheck: 0, ...settings })
  render(<App terminal={fake} stores={stores} />)
  await (options.pharmacy === true ? screen.findByRole('combobox') : screen.findByRole('listbox'))
  return {
    fake,
    stores,
    user,
    press: async (...keys) => {
      for (const key of keys) await user.keyboard(key.length === 1 ? key : `{${key}}`)
    }
  }
}

function giveSizes(): void {
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => BOX_PX })
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => BOX_PX })
  Element.prototype.scrollIntoView = () => {}
  Element.prototype.scrollTo = () => {}
}

/** The pane with that name. */
export const pane = (name: string): ReturnType<typeof within> => within(screen.getByRole('region', { name }))
