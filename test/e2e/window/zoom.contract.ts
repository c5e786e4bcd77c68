/** For people who need larger type or less light: twice the size, and a choice that is kept. */

import { describe, expect, it } from 'vitest'
import type { Locator } from 'playwright-core'
import { screenshot } from '../support/screenshot.ts'
import { sharedTill } from '../support/shared-till.ts'
import type { Till } from '../support/till.ts'
import type { OpenWindow } from '../support/window.ts'

/** The page is no wider than the window, and what is needed now can be brought into it whole from left to right. */
async function assertFits(till: Till, name: string, needed: Locator): Promise<void> {
  const { page, kind } = till.window
  await needed.scrollIntoViewIfNeeded()
  // Pictures of a zoomed Electron come out cut; the browser's show the same page.
  if (kind === 'chromium') await screenshot(page, `zoom-${name}`)
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(tooWide, `${name}: pixels by which the page is too wide`).toBeLessThanOrEqual(0)
  const place = await needed.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect()
    return { left: left >= 0, right: right <= innerWidth }
  })
  expect(place, `${name}: what is needed`).toEqual({ left: true, right: true })
}

const WIDTH = 1440
const SMALL_WIDTH = 1024

/** Bars that hide what they have no room for, and what can be pressed beside the page. */
const cutOff = ({ page }: Till): Promise<string[]> =>
  page.evaluate(() => {
    const bars = [...document.querySelectorAll('.frame__bar, .frame__status, .frame__screen')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    const buttons = [...document.querySelectorAll('button, input, [role="option"]')].filter((element) => element.getBoundingClientRect().right > innerWidth)
    return [...bars, ...buttons].map(({ className, textContent }) => `${className}: ${textContent.slice(0, 40)}`)
  })

export function describeZoom(open: OpenWindow): void {
  describe('a person who needs it', () => {
    const at = sharedTill(open)

    it('settles at 200 % as at 100 %, and never scrolls sideways', async () => {
      const { till } = at
      await till.window.zoom(2)
      try {
        const visit = till.pane('待结算队列').getByRole('option', { name: '测试六' })
        await assertFits(till, 'queue', visit)
        await till.openCorner()
        await assertFits(till, 'corner', till.card('v3-contactless'))
        await till.insert('v3-contactless')
        await till.press('Shift+F4')
        await visit.click()
        const action = till.button('输入密码').last()
        await assertFits(till, 'bill', till.page.getByRole('grid', { name: '费用明细' }))
        await assertFits(till, 'bill-action', action)
        await till.press('F10')
        const dialog = till.dialog('输入医保卡密码')
        await assertFits(till, 'pin', dialog.getByRole('button', { name: '确认' }))
        await till.type('246810')
        await till.press('Enter')
        await till.pinTaken()
        const settle = till.button(/^结算 /)
        await settle.waitFor()
        await assertFits(till, 'settle', settle)
        await till.press('F10')
        await till.pane('结算完成').waitFor()
        const cash = till.pane('结算完成').getByText('现金', { exact: true }).first()
        expect(await cash.evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight && element.getBoundingClientRect().top >= 0), 'cash is in the window').toBe(true)
        await assertFits(till, 'result', till.button('下一位'))
        await till.press('F10', 'F3')
        const row = till.page.getByRole('grid', { name: '查到的结算' }).getByText('测试六')
        await assertFits(till, 'records', row)
        await row.click()
        await assertFits(till, 'record', till.pane('结算详情').getByRole('button', { name: '退费' }))
        await till.press('F4')
        await assertFits(till, 'reader', till.card('in-service-32k'))
      } finally {
        await till.window.zoom(1)
      }
    })

    it('has everything in a window of 1024 pixels, in either language', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.openVisit('测试一')
      await till.closeCorner()
      await till.window.zoom(WIDTH / SMALL_WIDTH)
      try {
        for (const language of ['English', '中文']) {
          await till.page.getByRole('button', { name: language }).click()
          const theme = till.page.getByRole('button', { name: /^(外观|Appearance)/ })
          for (const key of ['F2', 'F11', 'F3', 'F4', 'Shift+F3', 'F12']) {
            await till.press(key)
            await till.page.locator('.frame__screen > :not(.frame__loading)').first().waitFor()
            await assertFits(till, `${key} in ${language}`, theme)
            expect(await cutOff(till), `${key} in ${language}: cut off`).toEqual([])
          }
        }
      } finally {
        await till.window.zoom(1)
      }
    })

    it('chooses light or dark and a language once: they are there at the next start, before anything else is', async () => {
      const { till } = at
      const html = till.page.locator('html')
      await till.page.getByRole('button', { name: /^外观/ }).click()
      await till.page.getByRole('button', { name: '外观: 浅色' }).click()
      await till.page.getByRole('button', { name: '外观: 深色' }).waitFor()
      expect(await html.getAttribute('data-theme')).toBe('dark')
      await till.page.getByRole('button', { name: 'English' }).click()
      await till.page.getByRole('button', { name: 'Appearance: Dark' }).waitFor()
      await till.page.reload()
      await till.page.getByRole('region', { name: 'Queue' }).waitFor()
      expect([await html.getAttribute('data-theme'), await html.getAttribute('lang')]).toEqual(['dark', 'en'])
      await till.page.getByRole('button', { name: '中文' }).click()
      await till.pane('待结算队列').waitFor()
      expect(await html.getAttribute('lang')).toBe('zh-CN')
    })
  })
}
