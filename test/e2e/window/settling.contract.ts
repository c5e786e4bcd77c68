/** A patient from the card to the paper, and the same visit in the records afterwards. */

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sharedTill } from '../support/shared-till.ts'
import type { Till } from '../support/till.ts'
import { papersOf, type OpenWindow } from '../support/window.ts'

/** Keys only, as a cashier without a mouse has it. */
async function cardByKeys(till: Till, id: string): Promise<void> {
  await till.openCorner()
  await till.tabTo(till.tray)
  await till.press('Home')
  for (let steps = 0; !(await till.card(id).evaluate((card) => card === document.activeElement)); steps += 1) {
    expect(steps, `arrows lead to ${id}`).toBeLessThan(30)
    await till.press('ArrowRight')
  }
  await till.press('Enter')
  await till.stands('卡已就绪')
}

/** F10 asks for a bill, which is the queue; then by its first letters' row. */
async function visitByKeys(till: Till, patient: string): Promise<void> {
  await till.press('F10', 'Home')
  const chosen = till.pane('待结算队列').getByRole('option', { selected: true })
  for (let steps = 0; !(await chosen.innerText()).includes(patient); steps += 1) {
    expect(steps, `arrows lead to ${patient}`).toBeLessThan(30)
    await till.press('ArrowDown')
  }
  await till.press('Enter')
  await till.pane('费用单').waitFor()
}

export function describeSettling(open: OpenWindow): void {
  describe('a patient', () => {
    const at = sharedTill(open)

    it('is settled by keyboard alone, from the card to the paper and the next in the queue', async () => {
      const { till } = at
      await cardByKeys(till, 'in-service-32k')
      await expect.poll(() => till.pane('持卡人').innerText()).toContain('测试一')
      await visitByKeys(till, '测试一')
      await till.press('F10')
      await till.dialog('输入医保卡密码').getByText('还可输入 6 次').waitFor()
      await till.type('246810')
      await till.press('Enter')
      await till.isAt(till.button('结算 · 无需现金'))
      expect(await till.amounts(till.pane('费用分担'))).toEqual({
        费用总额: '818.47',
        全自费: '208.00',
        超限价: '14.00',
        乙类先行自付: '57.76',
        符合范围: '538.71',
        起付线: '400.00',
        基金支付: '97.10',
        个人负担: '721.37',
        个人账户支付: '721.37'
      })
      expect(await till.pane('持卡人').innerText()).toContain('2,760.00')
      await till.press('Enter')
      const result = till.pane('结算完成')
      await result.waitFor()
      const { 结算号: number, 结算时间: time, 账簿: fact, ...sums } = await till.amounts(result)
      expect(sums).toEqual({
        费用总额: '818.47',
        基本医疗保险统筹基金: '97.10',
        个人账户支付: '721.37',
        账户余额: '2,038.63',
        自理: '57.76',
        自费: '222.00',
        符合医保: '538.71',
        个人自付: '441.61'
      })
      expect(await result.innerText()).toContain('0.00')
      expect(number).toMatch(/^H99999900001\d{18}$/)
      expect(time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
      expect(fact).toMatch(/^2:[0-9a-f]{16}$/)
      await printByKeys(till)
      await till.press('Enter')
      await till.pane('待结算队列').waitFor()
      await expect.poll(() => till.pane('待结算队列').getByText('6 人待结算').isVisible()).toBe(true)
      expect(till.window.heard()).toEqual([])
    })

    it('who pays in cash is told the change, and cannot pay too little', async () => {
      const { till } = at
      await cardByKeys(till, 'empty-purse')
      await visitByKeys(till, '测试甲')
      await till.press('F10')
      await till.dialog('输入医保卡密码').waitFor()
      await till.type('246810')
      await till.press('Enter')
      await till.button('结算 ¥87.50').waitFor()
      const received = till.page.getByRole('textbox', { name: '实收' })
      await till.isAt(received)
      await till.type('80')
      await till.pane('费用分担').getByRole('alert').getByText('实收80.00元，少于应收87.50元').waitFor()
      // The button does not settle for less: the keyboard comes back to the money.
      await till.press('Enter', 'F10')
      await till.isAt(received)
      expect(await till.pane('结算完成').count()).toBe(0)
      await till.press('Backspace', 'Backspace')
      await till.type('100')
      await till.pane('费用分担').getByText('¥12.50').waitFor()
      await till.press('Enter')
      await till.isAt(till.button('结算 ¥87.50'))
      await till.press('Enter')
      const result = till.pane('结算完成')
      await result.waitFor()
      await expect.poll(() => result.innerText()).toMatch(/现金\s*¥87\.50\s*实收\s*¥100\.00\s*找零\s*¥12\.50/)
    })

    it('stands in the records, found by name, end of the card, number and state', async () => {
      const { till } = at
      await till.press('F3')
      const rows = rowsOf(till)
      await expect.poll(rows).toEqual([
        ['测试甲', '*****5746', '87.50', '0.00', '0.00', '87.50', '已结算'],
        ['测试一', '*****5674', '818.47', '97.10', '721.37', '0.00', '已结算']
      ])
      await till.press('/')
      for (const [words, names] of [
        ['测试一', ['测试一']],
        ['5746', ['测试甲']],
        ['00007', ['测试甲']],
        ['nobody', []]
      ] as const) {
        await till.press('Control+A')
        await till.type(words)
        await expect.poll(async () => (await rows()).map(([name]) => name), { message: words }).toEqual(names)
      }
      await till.page.getByText('没有结算记录').waitFor()
      await till.press('Control+A', 'Backspace')
      await expect.poll(async () => (await rows()).length).toBe(2)
      const state = till.page.getByRole('group', { name: '状态' })
      await state.getByRole('radio', { name: '已退费' }).click()
      await expect.poll(async () => (await rows()).length).toBe(0)
      await state.getByRole('radio', { name: '已结算' }).click()
      await expect.poll(async () => (await rows()).length).toBe(2)
    })

    it('is refunded as a whole with a reason: cash back now, the account owed to the card', async () => {
      const { till } = at
      await till.press('F3')
      const rows = rowsOf(till)
      await expect.poll(async () => (await rows()).length).toBe(2)
      await till.tabTo(till.page.getByRole('grid', { name: '查到的结算' }))
      await till.press('End', 'Enter')
      const record = till.pane('结算详情')
      await record.getByText('卡上余额由 2,760.00 元变为 2,038.63 元。').waitFor()
      await till.press('F7')
      const dialog = till.dialog('整单退费')
      await dialog.getByText('个人账户的 721.37 元记为待圈存').waitFor()
      await dialog.getByText('基金支付的 97.10 元冲回').waitFor()
      await dialog.getByText('没有现金要退').waitFor()
      const confirm = dialog.getByRole('button', { name: '确认退费' })
      expect(await confirm.getAttribute('aria-disabled')).toBe('true')
      await till.isAt(dialog.getByRole('textbox', { name: '退费原因' }))
      await till.type('重复收费')
      await till.press('Enter')
      await till.isAt(confirm)
      await till.press('Enter')
      await dialog.getByText('欠卡，待圈存').waitFor()
      expect(await dialog.innerText()).toContain('721.37')
      await till.press('Escape')
      await record.getByRole('region', { name: '退费' }).getByText('重复收费').waitFor()
      await expect.poll(async () => (await rows())[1]).toEqual(['测试一', '*****5674', '818.47', '97.10', '721.37', '0.00', '已退费 待圈存 721.37'])
      // What was taken back is not taken back twice.
      expect(await record.getByRole('button', { name: '退费' }).count()).toBe(0)
    })

    it('is printed again as a copy, and as refunded', async () => {
      const { till } = at
      await till.press('F3')
      await till.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      const record = till.pane('结算详情')
      await record.getByText('已打印 1 次，再打印将标明副本。').waitFor()
      await till.press(till.window.kind === 'electron' ? 'Shift+F8' : 'F9')
      await expect.poll(async () => (await papersOf(till.page)).length).toBe(1)
      const [paper] = await papersOf(till.page)
      expect(paper?.text).toContain('副本 第1份')
      expect(paper?.text).toContain('已退费')
      expect(paper?.text).toContain('重复收费')
    })
  })
}

/** Rows as they are read: name, card, total, funds, account, cash, state. */
function rowsOf(till: Till): () => Promise<string[][]> {
  const rows = till.page.getByRole('grid', { name: '查到的结算' }).getByRole('row')
  return async () => {
    const texts = await rows.evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => [...cell.querySelectorAll('.mark')].map((mark) => mark.textContent ?? '').join(' ') || (cell.textContent ?? '')))
    )
    return texts.slice(1).map(([, name = '', card = '', , total = '', funds = '', account = '', cash = '', state = '']) => [
      name,
      card,
      total,
      funds,
      account,
      cash,
      state.replaceAll(/[✓?↩] /g, '')
    ])
  }
}

async function printByKeys(till: Till): Promise<void> {
  const { kind, page } = till.window
  await till.page.getByRole('button', { name: '打印 A5', disabled: false }).waitFor()
  if (kind === 'electron') {
    await till.press('Shift+F8')
    const said = await page.getByText(/已存为 .*\.pdf/).innerText()
    const [path = ''] = /\/.*\.pdf/.exec(said) ?? []
    expect(existsSync(path), path).toBe(true)
    expect(readFileSync(path, 'latin1').slice(0, 5)).toBe('%PDF-')
  } else {
    await till.press('F8')
  }
  await expect.poll(async () => (await papersOf(page)).length).toBe(1)
  const [paper] = await papersOf(page)
  expect(paper?.format).toBe('a5')
  expect(paper?.text).toContain('测试一')
  expect(paper?.text).toContain('721.37')
  expect(paper?.text).not.toContain('副本')
}
