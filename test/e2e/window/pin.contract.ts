/** The PIN: tries are told before they are used, the last one twice; its digits are nowhere and do not wait. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedTill } from '../support/shared-till.ts'
import type { Till } from '../support/till.ts'
import type { OpenWindow } from '../support/window.ts'

const pinDialog = (till: Till) => till.dialog('输入医保卡密码')

async function openPin(till: Till): Promise<void> {
  await till.press('Shift+F5')
  await till.isAt(pinDialog(till).getByRole('textbox', { name: '输入医保卡密码' }))
}

const typed = (till: Till, digits: number): Promise<void> => pinDialog(till).getByText(`已输入 ${digits} 位`).waitFor({ state: 'attached' })

/** Everything that could have kept digits: the page, what it stores, what was said and written. The chips keep their own. */
async function kept(till: Till): Promise<string> {
  const inPage = await till.page.evaluate(() => {
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value)
    const stored = [localStorage, sessionStorage].flatMap((store) => Object.entries(store).map(String))
    return [document.documentElement.outerHTML, ...fields, ...stored, location.href].join('\n')
  })
  const files = ['ledger.db', 'ledger.db-wal'].map((file) => {
    try {
      return readFileSync(join(till.window.data, file), 'latin1')
    } catch {
      return ''
    }
  })
  return [inPage, ...till.window.heard(), till.window.output(), ...files].join('\n')
}

/** As text, as bytes in hex, and as the packed digits of a card command. */
const formsOf = (pin: string): string[] => [pin, pin.replaceAll(/(.)/g, '3$1 ').trim(), pin.replaceAll(/(..)/g, '$1 ').trim()]

export function describePin(open: OpenWindow): void {
  describe('the PIN', () => {
    const at = sharedTill(open)

    it('given wrong until it locks says each time what is left, asks twice before the last, and then bars the card', async () => {
      const { till } = at
      await till.insert('resident-adult')
      await till.openVisit('测试三')
      await till.press('F10')
      await pinDialog(till).getByText('还可输入 6 次').waitFor()
      for (const left of [5, 4, 3, 2]) {
        await till.type('730916')
        await till.press('Enter')
        await pinDialog(till).getByText(`密码错误，还可输入${left}次`).waitFor()
        await pinDialog(till).getByText(`还可输入 ${left} 次`, { exact: true }).waitFor()
      }
      await till.type('730916')
      await till.press('Enter')
      await pinDialog(till).getByText('密码错误，只剩最后1次，再错将锁定').waitFor()
      await pinDialog(till).getByText('只剩最后 1 次').waitFor()
      await till.type('730916')
      await till.press('Enter')
      await pinDialog(till).getByRole('alert').getByText('这是最后一次机会').waitFor()
      // Not asked yet: whoever steps back has the try still.
      await till.press('Escape')
      await pinDialog(till).waitFor({ state: 'detached' })
      await till.pane('持卡人').getByText('只剩最后 1 次').waitFor()
      await till.press('F10')
      await till.isAt(pinDialog(till).getByRole('textbox'))
      await till.type('730916')
      await till.press('Enter')
      await pinDialog(till).getByRole('button', { name: '确认使用' }).waitFor()
      await till.press('Enter')
      const locked = till.pane('持卡人').getByRole('alert')
      await locked.getByText('密码已锁定').waitFor()
      const said = await locked.innerText()
      expect(said).toContain('谁能解决')
      expect(said).toContain('社保服务窗口')
      expect(said).toContain('今天怎么办')
      if (await pinDialog(till).isVisible()) await till.press('Escape')
      const action = till.button('此卡不能结算')
      await action.waitFor()
      expect(await action.getAttribute('aria-disabled')).toBe('true')
      const everything = await kept(till)
      for (const form of formsOf('730916')) expect(everything.includes(form), `${form} is kept somewhere`).toBe(false)
    })

    it('given right is nowhere in the page, its console, the program’s output, the ledger or the trace', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await openPin(till)
      await till.type('246')
      await typed(till, 3)
      expect(await kept(till)).not.toContain('246810')
      await till.type('810')
      await typed(till, 6)
      const meanwhile = await kept(till)
      await till.press('Enter')
      await till.pane('持卡人').getByText('5,120.35').waitFor()
      await till.press('F4')
      // The verification itself stands in the trace, its digits as stars.
      await till.page.getByRole('row', { name: /验证密码/ }).getByText(/\*\* \*\*/).first().waitFor()
      const afterwards = await kept(till)
      for (const form of formsOf('246810')) {
        expect(meanwhile.includes(form), `${form} while it is typed`).toBe(false)
        expect(afterwards.includes(form), `${form} afterwards`).toBe(false)
      }
    })

    it('half typed is cleared when the window is left, and says so', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await openPin(till)
      await till.type('246')
      await typed(till, 3)
      await till.window.left(async () => {
        await pinDialog(till).getByText('离开了窗口').waitFor()
        await typed(till, 0)
      })
      // What is typed now is a whole PIN, not the rest of one.
      await till.isAt(pinDialog(till).getByRole('textbox'))
      await till.type('246810')
      await typed(till, 6)
      await till.press('Enter')
      await till.pane('持卡人').getByText('密码已验证').waitFor()
      expect(await till.pane('持卡人').innerText()).toContain('5,120.35')
    })

    it('half typed is gone after Esc, and when the card is pulled while the dialog stands', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await openPin(till)
      await till.type('246')
      await typed(till, 3)
      await till.press('Escape')
      await pinDialog(till).waitFor({ state: 'detached' })
      await openPin(till)
      await typed(till, 0)
      await till.type('24')
      await typed(till, 2)
      await till.hostCall('reader.remove', {})
      await pinDialog(till).waitFor({ state: 'detached' })
      await till.stands('未插卡')
      await till.insert('retired-32k')
      expect(await pinDialog(till).count()).toBe(0)
      await openPin(till)
      await typed(till, 0)
      await pinDialog(till).getByText('还可输入 6 次').waitFor()
    })

    it('can be given on the pad, whose digits change their places when that is wanted', async () => {
      const { till } = at
      await till.insert('retired-32k')
      await openPin(till)
      const pad = pinDialog(till).getByRole('group', { name: '数字键盘' })
      const order = async (): Promise<string> => (await pad.getByRole('button', { name: /^\d$/ }).allInnerTexts()).join('')
      expect(await order()).toBe('1234567890')
      await pinDialog(till).getByRole('checkbox', { name: '打乱按键' }).click()
      await expect.poll(order).not.toBe('1234567890')
      expect((await order()).split('').toSorted().join('')).toBe('0123456789')
      for (const digit of '246810') await pad.getByRole('button', { name: digit, exact: true }).click()
      await typed(till, 6)
      await pinDialog(till).getByRole('button', { name: '确认' }).click()
      await till.pane('持卡人').getByText('密码已验证').waitFor()
    })

    it('is changed with the old one and twice the new one, and the new one counts from then on', async () => {
      const { till } = at
      await till.insert('child')
      await till.press('Shift+F9')
      const dialog = till.dialog('修改医保卡密码')
      await till.isAt(dialog.getByRole('textbox', { name: '原密码' }))
      await till.type('135790')
      await till.press('Enter')
      await till.isAt(dialog.getByRole('textbox', { name: '新密码', exact: true }))
      await till.type('864209')
      await till.press('Enter')
      await till.isAt(dialog.getByRole('textbox', { name: '再输一次新密码' }))
      await till.type('864200')
      await till.press('Enter')
      await dialog.getByText('两次新密码不同').waitFor()
      for (const name of ['新密码', '再输一次新密码']) {
        await till.isAt(dialog.getByRole('textbox', { name, exact: true }))
        await till.type('864209')
        await till.press('Enter')
      }
      await dialog.waitFor({ state: 'detached' })
      await till.remove()
      await till.insert('child')
      await openPin(till)
      await till.type('135790')
      await till.press('Enter')
      await pinDialog(till).getByText('密码错误，还可输入5次').waitFor()
      await till.type('864209')
      await till.press('Enter')
      await till.pane('持卡人').getByText('密码已验证').waitFor()
      const everything = await kept(till)
      for (const pin of ['135790', '864209', '864200']) expect(everything.includes(pin), `${pin} is kept somewhere`).toBe(false)
    })
  })
}
