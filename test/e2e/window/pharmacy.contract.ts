/** A customer at the pharmacy's counter, by scanner and keyboard alone; what is refused; what comes back; what is only asked. */

import { describe, expect, it } from 'vitest'
import { REST_MS } from '../../../renderer/pin/pin-keys.ts'
import { look } from '../support/look.ts'
import { sharedPharmacy, type PharmacyTill } from '../support/pharmacy-till.ts'
import { papersOf, type OpenWindow } from '../support/window.ts'

const PIN = '246810'
const OTC = { barcode: '9990000000049', pack: '99900490000000000001', other: '99900490000000000002' }
const PRESCRIBED = { barcode: '9990000000006', pack: '99900060000000000001' }
const CLASS_C = { barcode: '9990000000040' }
const INSTEAD = { pack: '99900390000000000001' }

/** Field by field as they come; Enter leads on, to the level that nobody has chosen yet, and the pharmacist's word comes last. */
async function paperPrescription(till: PharmacyTill): Promise<string[]> {
  await till.press('F6')
  await till.isAt(till.page.getByRole('textbox', { name: '处方号' }))
  await till.scan('CF20261127000042')
  await till.press('Enter', 'Enter')
  for (const text of ['测试医生', '测试第一医院', 'H99999900001', '高血压']) {
    await till.page.keyboard.insertText(text)
    await till.press('Enter')
  }
  await till.isAt(till.page.getByRole('radio', { name: '一级' }))
  const findings = await look(till, 'prescription-level')
  await till.page.getByRole('radio', { name: '一级' }).focus()
  await till.press('ArrowRight', 'Enter')
  await till.isAt(till.page.getByRole('textbox', { name: '审核意见' }))
  findings.push(...(await look(till, 'prescription-review')))
  await till.press('Shift+F8')
  await till.isAt(till.page.getByRole('grid', { name: '药品明细' }))
  return findings
}

/** `title`: of what Records offers for the sale that is open. */
async function takeBack(till: PharmacyTill, title: string): Promise<void> {
  await till.press('Shift+F7')
  await till.dialog(title).waitFor()
  await till.scan(OTC.pack)
  await till.page.getByRole('checkbox', { name: OTC.pack, checked: true }).waitFor()
  await till.press('F10')
  await till.page.getByRole('heading', { name: '退药' }).waitFor()
}

async function pay(till: PharmacyTill): Promise<void> {
  await till.press('F10')
  await till.dialog('输入医保卡密码').waitFor()
  await till.type(PIN)
  await till.press('Enter')
  await till.isAt(till.button('结算 · 无需现金'))
  await till.press('F10')
  await till.pane('结算完成').waitFor()
}

export function describePharmacy(open: OpenWindow): void {
  describe('at a pharmacy', () => {
    const at = sharedPharmacy(open)

    it('a customer is served by scanner and keyboard alone, from the first pack to the paper', async () => {
      const { till } = at
      const lights = async (): Promise<(string | undefined)[]> => (await till.lines()).map(([light]) => light)
      await till.hasCard('in-service-32k')
      await till.scan(OTC.barcode)
      await expect.poll(() => till.lines()).toEqual([['可报', '连花清瘟胶囊(测试)', '0/1']])
      await till.scan(OTC.pack)
      await till.scan(PRESCRIBED.barcode)
      await expect.poll(() => till.lines()).toEqual([['可报', '连花清瘟胶囊(测试)', '✓ 1/1'], ['不可售', '氨氯地平片(测试)', '0/1']])
      expect(await till.why(2)).toContain('没有处方')
      await till.pane('费用分担').getByText('未计 1 项不可售').waitFor()
      const findings = await look(till, 'sale-withheld')
      findings.push(...(await paperPrescription(till)))
      await expect.poll(lights).toEqual(['可报', '可报'])
      await till.scan(PRESCRIBED.pack)
      await till.scan(CLASS_C.barcode)
      await expect.poll(lights).toEqual(['可报', '可报', '自费'])
      await till.press('/')
      await till.page.getByRole('listbox', { name: '换药' }).getByText('对乙酰氨基酚片(测试)').waitFor()
      await till.press('Enter')
      await expect.poll(async () => (await till.lines())[2]).toEqual(['可报', '对乙酰氨基酚片(测试)', '0/1'])
      await till.scan(INSTEAD.pack)
      await till.press('+')
      await expect.poll(async () => (await till.lines())[2]).toEqual(['自费', '对乙酰氨基酚片(测试)', '✓ 1/1'])
      await till.pane('售药').getByText('可以结算').waitFor()
      expect(findings).toEqual([])
      await pay(till)
      await till.page.getByRole('button', { name: '打印 A5', disabled: false }).waitFor()
      await till.press(till.window.kind === 'electron' ? 'Shift+F8' : 'F9')
      await expect.poll(async () => (await papersOf(till.page)).length).toBe(1)
      const [paper] = await papersOf(till.page)
      for (const words of ['测试一', 'CF20261127000042', OTC.pack, PRESCRIBED.pack, INSTEAD.pack]) expect(paper?.text).toContain(words)
      await till.press('F10')
      await till.pane('售药').getByText('扫描药品条码').waitFor()
      expect(till.window.heard()).toEqual([])
    })

    it('a pack that was sold is refused in its line, with the sale that has it, and nothing is asked of the card', async () => {
      const { till } = at
      await till.hasCard('in-service-32k')
      await till.scan(OTC.barcode)
      await till.scan(OTC.pack)
      await expect.poll(async () => (await till.lines())[0]?.[0]).toBe('不可售')
      expect(await till.why(1)).toContain(`追溯码 ${OTC.pack} 已售出`)
      await till.press('F10')
      await till.isAt(till.page.getByRole('grid', { name: '药品明细' }))
      expect(await till.page.getByRole('dialog').count()).toBe(0)
      await till.press('Shift+F10')
      await till.pane('结算详情').getByText('测试一').first().waitFor()
    })

    it('a pack that is scanned while the PIN is asked costs no try', async () => {
      const { till } = at
      await till.hasCard('in-service-32k')
      await till.press('Shift+F5')
      const dialog = till.dialog('输入医保卡密码')
      await dialog.getByText('还可输入 6 次').waitFor()
      await till.scan(OTC.pack)
      await dialog.getByText('像是扫码枪扫入的').waitFor()
      expect(await dialog.getByText('还可输入 6 次').isVisible()).toBe(true)
      await till.page.waitForTimeout(REST_MS)
      await till.type(PIN)
      await till.press('Enter')
      await dialog.waitFor({ state: 'detached' })
    })

    it('one pack comes back: found by scanning it, and what stays is settled anew', async () => {
      const { till } = at
      await till.hasCard('in-service-32k')
      await till.press('F3')
      await till.page.getByRole('grid', { name: '查到的结算' }).waitFor()
      await till.scan(OTC.pack)
      await expect.poll(() => till.page.getByRole('grid', { name: '查到的结算' }).getByRole('row').count()).toBe(2)
      await till.isAt(till.page.getByRole('grid', { name: '查到的结算' }))
      await till.press('Home', 'Enter')
      await till.button('退部分药品').waitFor()
      await takeBack(till, '退部分药品')
      await expect.poll(async () => (await till.lines()).map(([light, name]) => [light, name])).toEqual([
        ['可报', '连花清瘟胶囊(测试)'],
        ['可报', '氨氯地平片(测试)'],
        ['自费', '对乙酰氨基酚片(测试)'],
        ['↩ 退回', '连花清瘟胶囊(测试)']
      ])
      // Dropped only when that is meant; and then gone on with from the record, by the same pack.
      await till.press('Shift+F6')
      await till.dialog('取消本单？').getByText('药已在顾客手中').waitFor()
      const findings = await look(till, 'return-drop')
      await till.press('Escape')
      await till.page.getByRole('heading', { name: '退药' }).waitFor()
      await till.press('Shift+F6', 'F10')
      await till.page.getByRole('heading', { name: '退药' }).waitFor({ state: 'detached' })
      // The record is open as it was left.
      await till.press('F3')
      await till.button('余药重新结算').waitFor()
      await takeBack(till, '余药重新结算')
      expect(findings).toEqual([])
      await pay(till)
      await till.press('F10')
      // The pack is on the shelf again.
      await till.scan(OTC.barcode)
      await till.scan(OTC.pack)
      await expect.poll(async () => (await till.lines())[0]).toEqual(['可报', '连花清瘟胶囊(测试)', '✓ 1/1'])
    })

    it('is it covered? is answered without a sale, and printed', async () => {
      const { till } = at
      await till.hasCard('retired-32k')
      await till.press('F11')
      await till.page.getByText('扫描或输入药品').waitFor()
      await till.scan(OTC.barcode)
      await till.pane('查询结果').getByText('起付线内').first().waitFor()
      const findings = await look(till, 'eligibility-within-deductible')
      await till.scan(CLASS_C.barcode)
      const answer = till.pane('查询结果')
      await answer.getByRole('status').getByText('自费', { exact: true }).waitFor()
      await answer.getByRole('list', { name: '可替换药品' }).getByText('对乙酰氨基酚片(测试)').waitFor()
      await till.press(till.window.kind === 'electron' ? 'Shift+F8' : 'F9')
      await expect.poll(async () => (await papersOf(till.page)).length).toBe(1)
      const [paper] = await papersOf(till.page)
      for (const words of ['测试大药房', '测试二', '对乙酰氨基酚泡腾片(测试)', '丙类', '规则']) expect(paper?.text).toContain(words)
      expect(findings).toEqual([])
      expect(till.window.heard()).toEqual([])
    })
  })
}
