/** The host ends in the middle of a settlement, as by a crash: the window stays, says so, and the card tells what happened. */

import { afterEach, describe, expect, it } from 'vitest'
import { killHost } from '../support/host-process.ts'
import { pictureOfFailure } from '../support/shared-till.ts'
import { Till } from '../support/till.ts'
import type { OpenWindow } from '../support/window.ts'

const PIN = '246810'

/** What the records have once nothing is open. */
async function bookedAfterwards(till: Till): Promise<number> {
  await till.stands('无存疑')
  await till.press('F3')
  const list = till.pane('查到的结算')
  await list.getByRole('grid').or(list.getByText('没有结算记录')).waitFor()
  return list.getByRole('grid').getByText('已结算').count()
}

/** The chip's own word. */
async function balanceAfterPin(till: Till): Promise<string> {
  await till.stands('卡已就绪')
  await till.press('Shift+F5')
  await till.dialog('输入医保卡密码').getByRole('textbox').waitFor()
  await till.type(PIN)
  await till.press('Enter')
  await till.dialog('输入医保卡密码').waitFor({ state: 'detached' })
  await till.pane('持卡人').getByText('密码已验证').waitFor()
  return till.pane('持卡人').getByText(/^¥[\d,]+\.\d\d$/).first().innerText()
}

export function describeKilled(open: OpenWindow): void {
  describe('a host that is killed', () => {
    let till: Till | undefined
    afterEach(() => till?.window.close())
    pictureOfFailure(() => {
      if (till === undefined) throw new Error('the window is not open')
      return till
    })

    it.each([
      ['held', 'before the card is asked', /^没有扣款.可以重新结算.或退还已收的现金$/, '¥2,760.00', 0],
      ['debited', 'after the card was charged', /^已扣款一次.并已入账$/, '¥2,038.63', 1]
    ])('at %s, %s, comes back and resolves what it left', async (moment, _, outcome, balance, booked) => {
      const opened = new Till(await open({ environment: { CARESETTLE_KILL_AT: moment } }))
      till = opened
      await opened.page.getByRole('listbox').waitFor()
      await opened.pace('即时')
      await opened.prepare('in-service-32k', '测试一', PIN)
      await opened.press('F10')
      // What the cashier is told at once: not whether money moved, but that nobody may charge again.
      const told = opened.page.getByRole('alert').filter({ hasText: '结算途中终端程序中断' })
      // In one go: it stands only until the host is back.
      expect(await told.innerText()).toMatch(/切勿重复收费/)
      await opened.stands('主机就绪')
      await opened.hostCall('reader.pace', { pace: 'instant' })
      // Only what was taken needs the PIN to be proved.
      await opened.page.getByText(booked === 0 ? outcome : '这张卡存疑待核实').first().waitFor()
      expect(await balanceAfterPin(opened)).toBe(balance)
      await opened.page.getByText(outcome).first().waitFor()
      expect(await bookedAfterwards(opened)).toBe(booked)
      expect(opened.window.heard()).toEqual([])
    })

    it('by hand while the card is debited, was charged and booked, or neither', async () => {
      const opened = new Till(await open())
      till = opened
      await opened.page.getByRole('listbox').waitFor()
      await opened.pace('即时')
      await opened.prepare('in-service-32k', '测试一', PIN)
      await opened.pace('慢动作')
      await opened.press('F10')
      await opened.page.locator('[aria-current="step"]').getByText('扣减卡内账户').waitFor()
      killHost(opened.window.data)
      await opened.page.getByRole('alert').filter({ hasText: '结算途中终端程序中断' }).waitFor()
      await opened.stands('主机就绪')
      await opened.hostCall('reader.pace', { pace: 'instant' })
      const balance = await balanceAfterPin(opened)
      const booked = await bookedAfterwards(opened)
      expect({ balance, booked }).toEqual(balance === '¥2,760.00' ? { balance, booked: 0 } : { balance: '¥2,038.63', booked: 1 })
    })
  })
}
