/**
 * A card that leaves: before the PIN, by hand in the middle, inside the debit, after it. Whatever happens it was charged and
 * booked, or not charged; until the card has said which, the window says that it does not know and what to do.
 */

import { afterAll, describe, expect, it } from 'vitest'
import { dataFolder, type DataFolder } from '../support/data-folder.ts'
import { pictureOfFailure, sharedTill } from '../support/shared-till.ts'
import { Till } from '../support/till.ts'
import type { OpenWindow } from '../support/window.ts'

const PIN = '246810'
const NOT_CHARGED = /^没有扣款.可以重新结算.或退还已收的现金$/
const CHARGED_ONCE = /^已扣款一次.并已入账$/

/** What became of 测试一's visit, as the records have it. */
async function recordedAs(till: Till): Promise<string[]> {
  await till.press('F3')
  const list = till.pane('查到的结算')
  await list.getByRole('grid').or(list.getByText('没有结算记录')).waitFor()
  const rows = await list.getByRole('grid').getByRole('row').allInnerTexts()
  await till.press('F2')
  return rows.slice(1).map((row) => row.replaceAll(/\s+/g, ' '))
}

/** The chip's own word, given after its PIN. */
async function balanceOf(till: Till): Promise<string> {
  await till.press('Shift+F5')
  await till.dialog('输入医保卡密码').getByRole('textbox').waitFor()
  await till.type(PIN)
  await till.press('Enter')
  return balanceShown(till)
}

async function balanceShown(till: Till): Promise<string> {
  await till.dialog('输入医保卡密码').waitFor({ state: 'detached' })
  await till.pane('持卡人').getByText('密码已验证').waitFor()
  return till.pane('持卡人').getByText(/^¥?[\d,]+\.\d\d$/).first().innerText()
}

const inDoubt = (till: Till) => till.dialog('存疑 1 笔')

/** The card that was charged is back: the window leads to its PIN, and with it the card proves what happened. */
async function provesCharged(till: Till): Promise<void> {
  await till.page.getByText('这张卡存疑待核实').waitFor()
  await till.stands('存疑 1 笔')
  expect(await till.page.getByText(CHARGED_ONCE).count()).toBe(0)
  await till.givePin(PIN)
  await till.page.getByText(CHARGED_ONCE).first().waitFor()
  await till.page.getByText(/测试一 · MZ\d+ · 费用总额 ¥818\.47账户扣款 ¥721\.37现金 ¥0\.00/).first().waitFor()
  await till.stands('无存疑')
}

/** The settlement breaks off, and the window says what it knows. */
async function breaksOff(till: Till): Promise<void> {
  await inDoubt(till).waitFor()
  const said = await inDoubt(till).innerText()
  expect(said).toContain('卡上账户可能已扣721.37元')
  expect(said).toContain('请放回同一张卡')
  expect(said).toContain('不要再次收费')
  expect(said).toContain('818.47')
}

export function describeDoubt(open: OpenWindow): void {
  describe('a card', () => {
    const at = sharedTill(open)

    it('pulled before the PIN leaves nothing behind: no dialog, no charge, no record', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.openVisit('测试一')
      await till.button('输入密码').first().waitFor()
      await till.remove()
      await till.button('请插卡').waitFor()
      expect(await till.dialog(/./).count()).toBe(0)
      await till.pane('费用单').waitFor()
      expect(await recordedAs(till)).toEqual([])
    })

    it.each([
      ['扣款前拔卡', 'before the debit'],
      ['扣款中断电', 'inside the debit']
    ])('that loses power (%s, %s) was not charged, says so when it is back, and is settled again', async (fault) => {
      const { till } = at
      await till.prepare('in-service-32k', '测试一', PIN)
      await till.arm(fault)
      await till.press('F10')
      await breaksOff(till)
      await till.press('Escape')
      await till.stands('存疑 1 笔')
      expect(await recordedAs(till)).toEqual([expect.stringMatching(/测试一 .* 818\.47 .*存疑/)])
      await till.insert('in-service-32k')
      await till.page.getByText(NOT_CHARGED).first().waitFor()
      await till.stands('无存疑')
      expect(await recordedAs(till)).toEqual([])
      expect(await balanceOf(till)).toBe('¥2,760.00')
      await till.pane('待结算队列').getByRole('option', { name: '测试一' }).getByText('818.47').waitFor()
    })

    it('that is another one resolves nothing, and says that it is another', async () => {
      const { till } = at
      await till.prepare('in-service-32k', '测试一', PIN)
      await till.arm('扣款前拔卡')
      await till.press('F10')
      await breaksOff(till)
      await till.press('Escape')
      await till.insert('retired-32k')
      await till.stands('存疑 1 笔')
      await till.page.getByText(/^测试一的结算（MZ\d+）存疑，等的是测试一的卡，不是这张/).waitFor()
      await till.pane('待结算队列').getByRole('option', { name: '测试一' }).click()
      await inDoubt(till).getByText('请放回同一张卡').first().waitFor()
      // The right one, put in while the panel stands: it is told in it.
      await till.hostCall('reader.remove', {})
      await till.hostCall('reader.insert', { card: 'in-service-32k' })
      await till.dialog('存疑已解决').getByText(NOT_CHARGED).waitFor()
      await till.press('Escape')
      expect(await recordedAs(till)).toEqual([])
    })

    it('pulled by hand in the middle was charged and booked, or neither', async () => {
      const { till } = at
      await till.prepare('retired-32k', '测试二', PIN)
      await till.pace('慢动作')
      await till.press('F10')
      const sums = till.pane('费用分担')
      await sums.getByText('请勿拔卡').waitFor()
      await till.button('取出').click()
      await till.stands('未插卡')
      await inDoubt(till).or(sums.getByRole('alert')).or(till.pane('结算完成')).first().waitFor()
      if (await inDoubt(till).isVisible()) await till.press('Escape')
      await till.pace('即时')
      await till.insert('retired-32k')
      expect(await till.page.getByText('结算进行中').count()).toBe(0)
      const balance = await balanceOf(till)
      await till.stands('无存疑')
      const records = (await recordedAs(till)).filter((row) => row.includes('测试二'))
      expect({ balance, records }).toEqual(
        balance === '¥5,120.35' ? { balance, records: [] } : { balance: '¥5,050.59', records: [expect.stringMatching(/218\.12 .*已结算/)] }
      )
    })

    it('pulled after the debit was charged once: booked when it is back and has its PIN, and not to be charged again', async () => {
      const { till } = at
      await till.prepare('in-service-32k', '测试一', PIN)
      await till.arm('扣款后拔卡')
      await till.press('F10')
      await breaksOff(till)
      await till.press('Escape')
      await till.insert('in-service-32k')
      await provesCharged(till)
      expect(await balanceShown(till)).toBe('¥2,038.63')
      expect(await recordedAs(till)).toEqual([expect.stringMatching(/测试一 .*818\.47 .*97\.10 .*721\.37 .*0\.00 .*已结算/)])
      await expect.poll(() => till.pane('待结算队列').getByText('6 人待结算').isVisible()).toBe(true)
    })
  })

  describe('a program that is closed with a hold open', () => {
    let folder: DataFolder | undefined
    let till: Till | undefined
    const opened = (): Till => {
      if (till === undefined) throw new Error('the window is not open')
      return till
    }
    afterAll(async () => {
      await till?.window.close()
      folder?.remove()
    })
    pictureOfFailure(opened)

    it('says at its next start that it is in doubt, and the card resolves it after its PIN', async () => {
      const { path: data } = (folder = dataFolder('memory'))
      const first = new Till(await open({ data }))
      till = first
      await first.page.getByRole('listbox').waitFor()
      await first.pace('即时')
      await first.prepare('in-service-32k', '测试一', PIN)
      await first.arm('扣款后拔卡')
      await first.press('F10')
      await breaksOff(first)
      await first.window.close()
      const again = new Till(await open({ data }))
      till = again
      await again.stands('存疑 1 笔')
      expect(await recordedAs(again)).toEqual([expect.stringMatching(/测试一 .* 818\.47 .*存疑/)])
      await again.pane('待结算队列').getByRole('option', { name: '测试一' }).getByText('存疑').waitFor()
      await again.pace('即时')
      await again.insert('in-service-32k')
      await provesCharged(again)
      expect(await balanceShown(again)).toBe('¥2,038.63')
      expect(await recordedAs(again)).toEqual([expect.stringMatching(/测试一 .*818\.47 .*97\.10 .*721\.37 .*0\.00 .*已结算/)])
    })
  })
}
