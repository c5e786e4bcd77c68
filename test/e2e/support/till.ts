/** The till as the person at it has it: what stands on the screen by its words, and keys. Words are those of zh-CN. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { FIXTURES } from '../../../electron/build/project.ts'
import type { TestWindow } from './window.ts'

const TITLES: Readonly<Record<string, { readonly zh: string }>> = JSON.parse(readFileSync(join(FIXTURES, 'tray', 'titles.json'), 'utf8'))

/** As many steps as any way through the window takes; more is a way that leads nowhere. */
const TABS_MAX = 60

export class Till {
  readonly window: TestWindow

  constructor(window: TestWindow) {
    this.window = window
  }

  get page(): Page {
    return this.window.page
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text)
  }

  pane(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** The foot of the window says how host, reader and card stand. */
  stands(words: string | RegExp): Promise<void> {
    return this.page.getByRole('contentinfo', { name: '状态' }).getByText(words).waitFor()
  }

  /** Goes on with Tab until the keyboard is there; tells how many steps it took. */
  async tabTo(target: Locator): Promise<number> {
    for (let steps = 1; steps <= TABS_MAX; steps += 1) {
      await this.press('Tab')
      if (await target.evaluate((element) => element.contains(document.activeElement))) return steps
    }
    throw new Error(`${TABS_MAX} times Tab did not lead to ${target.toString()}`)
  }

  /** The keyboard is there now. */
  isAt(target: Locator): Promise<void> {
    return target.and(this.page.locator(':focus')).waitFor()
  }

  get tray(): Locator {
    return this.page.getByRole('toolbar', { name: '卡托盘' })
  }

  card(id: string): Locator {
    return this.tray.getByRole('button', { name: TITLES[id]?.zh ?? id })
  }

  async openCorner(): Promise<void> {
    if (await this.tray.isVisible()) return
    await this.press('Shift+F4')
    await this.tray.waitFor()
  }

  async closeCorner(): Promise<void> {
    if (!(await this.tray.isVisible())) return
    await this.press('Shift+F4')
    await this.tray.waitFor({ state: 'detached' })
  }

  /** By mouse; the keyboard's way is a test of its own. */
  async insert(id: string, then = '卡已就绪'): Promise<void> {
    await this.openCorner()
    // The foot still speaks of the card before, until the reader has told of the next one: what is waited for must be of this card.
    if (await this.button('取出').isEnabled()) await this.remove()
    await this.card(id).click()
    await this.stands(then)
  }

  async remove(): Promise<void> {
    await this.openCorner()
    await this.button('取出').click()
    await this.stands('未插卡')
  }

  async pace(word: '即时' | '真卡' | '慢动作'): Promise<void> {
    await this.openCorner()
    const paces = this.page.getByRole('group', { name: '快慢' })
    await paces.getByRole('radio', { name: word }).click()
    await paces.getByRole('radio', { name: word, checked: true }).waitFor()
  }

  /** What strikes the next command of its kind. */
  async arm(fault: string): Promise<void> {
    await this.press('F4')
    const toggle = this.page.getByRole('switch', { name: fault, exact: true })
    await toggle.click()
    await this.page.getByRole('switch', { name: fault, exact: true, checked: true }).waitFor()
    await this.press('F2')
  }

  /** Opens the visit of that person from the queue. */
  async openVisit(patient: string): Promise<void> {
    await this.pane('待结算队列').getByRole('option', { name: patient }).click()
    await this.pane('费用单').waitFor()
  }

  /** What no control of the window does: as another hand at the reader would. */
  hostCall(name: string, params: object): Promise<void> {
    return this.page.evaluate(
      async ([asked, given]) => {
        const bridge = window.caresettle as { call: (name: string, params: object) => Promise<unknown> } | undefined
        if (bridge !== undefined) await bridge.call(asked, given)
        else await fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: asked, params: given }) })
      },
      [name, params] as const
    )
  }

  async givePin(pin: string): Promise<void> {
    await this.press('F10')
    await this.dialog('输入医保卡密码').waitFor()
    await this.type(pin)
    await this.press('Enter')
  }

  /** The dialog is gone: until then the keys are its own, also when the sums behind it stand already. */
  pinTaken(): Promise<void> {
    return this.dialog('输入医保卡密码').waitFor({ state: 'detached' })
  }

  /** Card in, visit open, PIN given: everything but the button. */
  async prepare(card: string, patient: string, pin: string): Promise<void> {
    await this.insert(card)
    await this.openVisit(patient)
    await this.givePin(pin)
    await this.pinTaken()
    await this.button(/^结算 /).waitFor()
  }

  /** Names and amounts as a list shows them. */
  async amounts(list: Locator): Promise<Record<string, string>> {
    return Object.fromEntries(
      await list
        .locator('dl > div')
        .evaluateAll((rows) => rows.map((row) => [row.querySelector('dt')?.firstChild?.textContent ?? '', row.querySelector('dd')?.textContent ?? '']))
    )
  }

  /**
   * Away with everything that a test left open: bill, card, pace and faults are the host's and outlast the page; the page itself
   * is loaded again unless it stands as it does at the beginning.
   */
  async fresh(): Promise<void> {
    for (const [name, params] of [
      ['reader.remove', {}],
      ['reader.clear-faults', {}],
      ['reader.pace', { pace: 'instant' }],
      ['bill.close', {}]
    ] as const) {
      await this.hostCall(name, params)
    }
    if (!(await this.#isFresh())) {
      await this.page.evaluate(() => localStorage.clear())
      await this.page.reload()
    }
    await this.page.evaluate(() => Object.assign(window, { papers: [] }).papers.length)
    await this.pane('待结算队列').getByRole('listbox').waitFor()
    await this.closeCorner()
    await this.stands('未插卡')
  }

  #isFresh(): Promise<boolean> {
    return this.page.evaluate(() => {
      const queue = document.querySelector('[aria-label="待结算队列"] [role="listbox"]')
      const left = document.querySelector('[role="dialog"], [role="alert"], .resolution, .counter__result')
      return queue !== null && left === null && localStorage.length === 0
    })
  }
}
