/** The till of the demonstration's pharmacy, with a scanner: a keyboard whose keys come 6 ms apart, whatever the machine does. */

import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { CDPSession } from 'playwright-core'
import { FIXTURES } from '../../../electron/build/project.ts'
import { beginPharmacy } from '../../../electron/start/begin-pharmacy.ts'
import { dataFolder, type DataFolder } from './data-folder.ts'
import { pictureOfFailure } from './shared-till.ts'
import { Till } from './till.ts'
import type { OpenWindow } from './window.ts'

const EVERY_S = 0.006
const ENTER = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' } as const

export class PharmacyTill extends Till {
  #session: CDPSession | undefined
  /** Time of the last key, seconds. A scan begins later than every key before it. */
  #at = 0

  async scan(text: string): Promise<void> {
    const session = (this.#session ??= await this.page.context().newCDPSession(this.page))
    this.#at = Math.max(this.#at, Date.now() / 1000) + 1
    const keys = [...Array.from(text, (key) => ({ key, text: key, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) })), ENTER]
    await Promise.all(
      keys.flatMap(({ text: typed, ...key }) => {
        const timestamp = (this.#at += EVERY_S)
        return [
          session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, text: typed, ...key }),
          session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...key })
        ]
      })
    )
  }

  /** Light, drug and packs of each line. */
  lines(): Promise<string[][]> {
    return this.page
      .locator('.sale__row')
      .evaluateAll((rows) => rows.map((row) => ['.sale__light .signal > span, .sale__returned', '.sale__name', '.sale__packs'].map((part) => (row.querySelector(part)?.textContent ?? '').replace('\u00a0', ' '))))
  }

  /** The one sentence of a line, from 1. */
  async why(line: number): Promise<string> {
    return this.page.locator(`.sale__row[aria-rowindex="${line + 1}"] .sale__sentence`).innerText()
  }

  /** As another hand at the reader. */
  async hasCard(id: string): Promise<void> {
    await this.hostCall('reader.insert', { card: id })
    await this.stands('卡已就绪')
  }

  override async fresh(): Promise<void> {
    await this.hostCall('reader.remove', {})
    await this.hostCall('bill.close', {})
    await this.page.evaluate(() => localStorage.clear())
    await this.page.reload()
    await this.page.evaluate(() => Object.assign(window, { papers: [] }).papers.length)
    await this.pane('售药').getByText('扫描药品条码').waitFor()
    await this.stands('未插卡')
  }
}

export interface SharedPharmacy {
  readonly till: PharmacyTill
}

export function sharedPharmacy(open: OpenWindow): SharedPharmacy {
  let till: PharmacyTill | undefined
  let folder: DataFolder | undefined
  const opened = (): PharmacyTill => {
    if (till === undefined) throw new Error('the window is not open')
    return till
  }
  beforeAll(async () => {
    folder = dataFolder('memory')
    const begun = beginPharmacy(folder.path, FIXTURES)
    if (!begun.ok) throw new Error(begun.error)
    till = new PharmacyTill(await open({ data: folder.path }))
    await till.pane('售药').waitFor()
    await till.hostCall('reader.pace', { pace: 'instant' })
  })
  afterAll(async () => {
    await till?.window.close()
    folder?.remove()
  })
  beforeEach(() => opened().fresh())
  pictureOfFailure(() => till)
  return {
    get till() {
      return opened()
    }
  }
}
