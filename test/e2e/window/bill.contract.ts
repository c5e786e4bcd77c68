/** The bill: typed by hand, taken from the queue, pasted or opened; and the sums that follow it. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIXTURES } from '../../../electron/build/project.ts'
import { sharedTill } from '../support/shared-till.ts'
import type { Till } from '../support/till.ts'
import { screenshot } from '../support/screenshot.ts'
import type { OpenWindow } from '../support/window.ts'

/** Code or initials, Enter, quantity, Enter: as typists do it, and a scanner faster than anything answers. */
async function addByKeys(till: Till, text: string, quantity: string): Promise<void> {
  await till.isAt(till.page.getByRole('combobox', { name: '添加项目' }))
  await till.type(text)
  await till.press('Enter')
  await till.isAt(till.page.getByRole('textbox', { name: '数量' }))
  await till.type(quantity)
  await till.press('Enter')
}

const lineAmounts = (till: Till): Promise<string[]> =>
  till.page
    .getByRole('grid', { name: '费用明细' })
    .locator('.grid__amount')
    .allInnerTexts()

const sum = async (till: Till, name: string): Promise<string | undefined> => (await till.amounts(till.pane('费用分担')))[name]

/** The person's own clipboard, filled from a field of the window. */
async function paste(till: Till, text: string): Promise<void> {
  await till.press('F3')
  const field = till.page.getByRole('searchbox')
  await field.fill(text)
  await field.press('Control+A')
  await field.press('Control+X')
  await till.press('F2')
  await till.pane('待结算队列').waitFor()
  await till.press('Control+V')
}

export function describeBill(open: OpenWindow): void {
  describe('a bill', () => {
    const at = sharedTill(open)

    it('typed by code and by initials is computed line by line as it grows and changes', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await till.press('F7')
      await addByKeys(till, 'amxl', '2')
      await expect.poll(() => sum(till, '费用总额')).toBe('16.91')
      await addByKeys(till, '002103000010000-9', '1')
      await expect.poll(() => sum(till, '费用总额')).toBe('196.91')
      expect(await lineAmounts(till)).toEqual(['16.91', '180.00'])
      expect(await sum(till, '乙类先行自付')).toBe('9.00')
      // Into the lines, and another quantity for the first: 8.456 four times.
      await till.press('F8')
      await till.isAt(till.page.getByRole('grid', { name: '费用明细' }))
      await till.press('Home', '4', 'Enter')
      await expect.poll(() => sum(till, '费用总额')).toBe('213.82')
      expect(await lineAmounts(till)).toEqual(['33.82', '180.00'])
      // A line is removed only on the second Delete.
      await till.press('End', 'Delete')
      await till.page.getByText('再按 Delete 删除此项').waitFor()
      expect(await lineAmounts(till)).toHaveLength(2)
      await till.press('Delete')
      await expect.poll(() => sum(till, '费用总额')).toBe('33.82')
    })

    it('says what is wrong with what is typed, and keeps what stood there', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await till.press('F7')
      await till.isAt(till.page.getByRole('combobox', { name: '添加项目' }))
      await till.type('qqqq')
      await till.page.getByText('目录中没有').waitFor()
      await till.press('Escape')
      await addByKeys(till, 'amxl', '2')
      await expect.poll(() => lineAmounts(till)).toEqual(['16.91'])
      await till.press('F8')
      await till.isAt(till.page.getByRole('grid', { name: '费用明细' }))
      await till.press('Enter')
      await till.page.getByRole('textbox', { name: '数量' }).first().waitFor()
      await till.type('0')
      await till.pane('费用单').getByRole('alert').waitFor()
      await till.press('Escape')
      await till.pane('费用单').getByRole('alert').waitFor({ state: 'detached' })
      expect(await lineAmounts(till)).toEqual(['16.91'])
    })

    it('tells the account apart from cash as the switch stands, and why in sentences', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.openVisit('测试一')
      await till.pane('费用分担').getByText('现金最多').waitFor()
      await till.givePin('246810')
      await till.pinTaken()
      await till.button('结算 · 无需现金').waitFor()
      expect(await sum(till, '个人账户支付')).toBe('721.37')
      await till.press('F9')
      await till.page.getByRole('radio', { name: '共济', checked: true }).waitFor()
      await till.press('F9')
      await till.page.getByRole('radio', { name: '不用', checked: true }).waitFor()
      await till.button('结算 ¥721.37').waitFor()
      expect(await sum(till, '个人账户支付')).toBe('0.00')
      await till.press('F9')
      await till.button('结算 · 无需现金').waitFor()
      await till.press('Shift+F1')
      const why = till.dialog('计算依据')
      await why.getByText('统筹', { exact: false }).first().waitFor()
      const sentences = await why.getByRole('listitem').allTextContents()
      expect(sentences.length).toBeGreaterThan(10)
      expect(sentences.join('\n')).toContain('400.00')
      expect(sentences.join('\n')).toContain('97.10')
      expect(await why.innerText()).toContain('999999')
      // What does not fit is reached with the keyboard.
      await till.isAt(why.getByRole('region', { name: '计算依据' }))
      await till.press('End')
      await expect.poll(() => why.getByRole('listitem').last().isVisible()).toBe(true)
      await till.press('Escape')
      await why.waitFor({ state: 'detached' })
    })

    it('typed for one person is not settled with the card of the next by keys that are pressed as ever', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.press('F7')
      await addByKeys(till, 'amxl', '2')
      await expect.poll(() => sum(till, '费用总额')).toBe('16.91')
      await till.insert('retired-32k')
      await till.closeCorner()
      await till.pane('费用单').getByText('为测试一做的').waitFor()
      await till.press('F10')
      await till.dialog('这张单是为测试一做的').getByText('现在插着测试二的卡', { exact: false }).waitFor()
      await screenshot(till.page, `pass-on-${till.window.kind}`)
      await till.press('Escape')
      await till.button('这张单是谁的？').waitFor()
      await till.press('F10', 'F10')
      await till.dialog('输入医保卡密码').waitFor({ state: 'detached' })
      await till.button('输入密码').last().waitFor()
      expect(await lineAmounts(till)).toEqual(['16.91'])
    })

    it('typed here is open again, with nothing to type, when its card was pulled and proves that it paid nothing', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.press('F7')
      await addByKeys(till, 'amxl', '2')
      // F10 is for the PIN once the line is on the bill.
      await expect.poll(() => sum(till, '费用总额')).toBe('16.91')
      await till.button('输入密码').last().waitFor()
      await till.givePin('246810')
      await till.pinTaken()
      await till.button(/^结算 /).waitFor()
      await till.arm('扣款前拔卡')
      await till.press('F10')
      await till.dialog('存疑 1 笔').waitFor()
      await till.press('Escape')
      await till.pane('待结算队列').waitFor()
      await till.insert('in-service-32k')
      await till.page.getByText(/^没有扣款.可以重新结算/).first().waitFor()
      await expect.poll(() => lineAmounts(till)).toEqual(['16.91'])
      await till.closeCorner()
      await till.button('输入密码').last().waitFor()
      await screenshot(till.page, `back-again-${till.window.kind}`)
    })

    it('of the queue makes way for that of whose card is there, at the big button', async () => {
      const { till } = at
      await till.openVisit('测试一')
      await till.insert('retired-32k')
      await till.closeCorner()
      await till.button('打开测试二的费用单').waitFor()
      await screenshot(till.page, `open-theirs-${till.window.kind}`)
      await till.press('F10')
      await till.pane('费用单').getByRole('heading', { name: '测试二' }).waitFor()
      await till.button('输入密码').last().waitFor()
      expect(await till.page.getByText('与持卡人姓名不同').count()).toBe(0)
    })

    it('is the one that is shown: while another is looked for none is, and a typed one is asked about before it goes', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.openVisit('测试一')
      await expect.poll(() => sum(till, '费用总额')).toBe('818.47')
      await till.press('F6')
      await till.button('选择费用单').waitFor()
      expect(await sum(till, '费用总额')).not.toBe('818.47')
      await till.press('Enter')
      await expect.poll(() => sum(till, '费用总额')).toBe('818.47')
      await till.press('F6', 'F7')
      await addByKeys(till, 'amxl', '2')
      await till.press('F6')
      await till.pane('待结算队列').getByRole('option', { name: '测试二' }).click()
      await till.dialog('关闭这张手工单？').waitFor()
      await till.press('Escape', 'Escape')
      await expect.poll(() => lineAmounts(till)).toEqual(['16.91'])
    })

    it('dropped into the folder of the queue appears by itself, and one that cannot be read says why', async () => {
      const { till } = at
      const folder = join(till.window.data, 'queue')
      const queue = till.pane('待结算队列')
      await queue.getByText('7 人待结算').waitFor()
      const visit = JSON.parse(readFileSync(join(FIXTURES, 'queue', '05-dermatology.json'), 'utf8'))
      writeFileSync(join(folder, '90-new.json'), JSON.stringify({ ...visit, ipt_otp_no: 'MZ-NEW-1', patient: { psn_name: '测试壬' } }))
      await queue.getByRole('option', { name: '测试壬' }).waitFor()
      await queue.getByText('8 人待结算').waitFor()
      writeFileSync(join(folder, '91-torn.json'), '{"ipt_otp_no": "MZ')
      const torn = queue.getByRole('option', { name: '91-torn.json' })
      await torn.getByText('无法读取').waitFor()
      writeFileSync(join(folder, '92-wrong.json'), JSON.stringify({ ...visit, ipt_otp_no: 'MZ-NEW-2', med_type: 'no such type' }))
      const wrong = queue.getByRole('option', { name: '92-wrong.json' })
      await wrong.getByText(/就诊单有误：.*no such type/).waitFor()
      expect(await wrong.getAttribute('aria-disabled')).toBe('true')
      await wrong.click({ force: true })
      expect(await till.pane('费用单').count()).toBe(0)
      for (const file of ['90-new.json', '91-torn.json', '92-wrong.json']) rmSync(join(folder, file))
      await queue.getByText('7 人待结算').waitFor()
      await torn.waitFor({ state: 'detached' })
    })

    it('that is pasted and is none is refused by name; one from a file opens', async () => {
      const { till } = at
      await paste(till, '{ "lines": [] ')
      const refused = till.pane('待结算队列').getByRole('alert')
      await refused.getByText('不是可读取的就诊单').waitFor()
      await paste(till, '{"ipt_otp_no":"MZ1"}')
      await refused.getByText('就诊单有误：医疗机构编号缺失：必填').waitFor()
      await till.page.getByLabel('打开文件').setInputFiles(join(FIXTURES, 'visits', 'outpatient-demo.json'))
      await till.pane('费用单').waitFor()
      expect(await lineAmounts(till)).not.toEqual([])
    })
  })
}
