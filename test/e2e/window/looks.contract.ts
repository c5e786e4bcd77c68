/** Every screen and dialog, looked at in both languages, in light and dark: see support/look.ts for what is looked for. */

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostPid, killHost } from '../support/host-process.ts'
import { look } from '../support/look.ts'
import { sharedTill } from '../support/shared-till.ts'
import type { OpenWindow } from '../support/window.ts'

const PIN = '246810'

/** Cards with which nothing is settled, and one word of the reason that stands on the screen. */
const REFUSED_CARDS = [
  ['bank-card', '卡不可用', '这不是社会保障卡'],
  ['blank', '卡不可用', '这是空卡'],
  ['counterfeit', '卡不可用', '卡未通过真伪验证'],
  ['application-blocked', '卡不可用', '卡已被发卡机构锁定'],
  ['expired', '此卡不能结算', '卡的有效期至2024-12-31，已过期'],
  ['lost', '此卡不能结算', '该卡已正式挂失，不能使用'],
  ['not-activated', '此卡不能结算', '卡尚未激活'],
  ['other-region', '此卡不能结算', '参保地（990100）与就医地（999999）不同'],
  ['pin-locked', '此卡不能结算', '密码已锁定']
] as const

export function describeLooks(open: OpenWindow): void {
  describe('what is shown', () => {
    const at = sharedTill(open)

    it('while nobody is there: a queue, an empty queue, a file that cannot be read', async () => {
      const { till } = at
      const queue = join(till.window.data, 'queue')
      const aside = join(till.window.data, 'queue-aside')
      const findings = await look(till, 'queue')
      mkdirSync(aside)
      for (const file of readdirSync(queue)) renameSync(join(queue, file), join(aside, file))
      await till.page.getByText('现在没有人等候').waitFor()
      findings.push(...(await look(till, 'queue-empty')))
      for (const file of readdirSync(aside)) renameSync(join(aside, file), join(queue, file))
      writeFileSync(join(queue, '91-torn.json'), '{"ipt_otp_no": "MZ')
      await till.page.getByText('无法读取').waitFor()
      await till.page.getByRole('option', { name: '91-torn.json' }).scrollIntoViewIfNeeded()
      findings.push(...(await look(till, 'queue-unreadable')))
      rmSync(join(queue, '91-torn.json'))
      await till.press('F1')
      await till.dialog('快捷键').waitFor()
      findings.push(
        ...(await look(till, 'keys', async () => {
          await till.press('Escape', 'F1')
          await till.page.getByRole('dialog').waitFor()
        }))
      )
      expect(findings).toEqual([])
    })

    it.each(REFUSED_CARDS)('with the card %s: what is wrong, who can mend it, what can be done today', async (card, standing, reason) => {
      const { till } = at
      await till.openVisit('测试一')
      await till.insert(card, standing)
      await till.closeCorner()
      const patient = till.pane('持卡人')
      const refusal = patient.getByRole('alert').filter({ hasText: reason })
      await refusal.waitFor()
      const answers = await till.amounts(refusal)
      expect(answers['谁能解决']).toMatch(/.{4}/)
      expect(answers['今天怎么办']).toMatch(/.{4}/)
      const action = till.button('此卡不能结算')
      await action.waitFor()
      expect(await action.getAttribute('aria-disabled')).toBe('true')
      expect(await look(till, `card-${card}`)).toEqual([])
    })

    it('with a card whose PIN was never changed: it is changed before anything is paid', async () => {
      const { till } = at
      await till.insert('in-service-16k')
      await till.closeCorner()
      await till.openVisit('测试五')
      await till.givePin('1234')
      await till.pinTaken()
      await till.button('先修改密码').waitFor()
      await till.pane('持卡人').getByRole('alert').getByText('密码仍是发卡时的初始密码').waitFor()
      const findings = await look(till, 'card-first-pin')
      await till.press('F10')
      const dialog = till.dialog('修改医保卡密码')
      for (const [field, pin] of [
        ['原密码', '1234'],
        ['新密码', '8642'],
        ['再输一次新密码', '8642']
      ] as const) {
        await till.isAt(dialog.getByRole('textbox', { name: field, exact: true }))
        await till.type(pin)
        await till.press('Enter')
      }
      await dialog.waitFor({ state: 'detached' })
      await till.pane('持卡人').getByRole('alert').waitFor({ state: 'detached' })
      await till.givePin('8642')
      await till.button('结算 · 无需现金').waitFor()
      expect(findings).toEqual([])
    })

    it('with a card that may pay: one try left, a long name, a third generation', async () => {
      const { till } = at
      const findings: string[] = []
      for (const [card, words] of [
        ['low-tries', '密码只剩最后一次'],
        ['rare-name', '测试𠮷䶮𡋤㛃测试𠮷䶮𡋤㛃'],
        ['v3-contactless', '三代卡']
      ] as const) {
        await till.insert(card)
        await till.closeCorner()
        await till.pane('持卡人').getByText(words).first().waitFor()
        findings.push(...(await look(till, `card-${card}`)))
        await till.remove()
      }
      expect(findings).toEqual([])
    })

    it('while a card is read, a bill is typed, and its lines are refused or removed', async () => {
      const { till } = at
      await till.pace('慢动作')
      await till.card('in-service-32k').click()
      await till.pane('持卡人').getByText('正在读卡').waitFor()
      const findings = await look(till, 'card-reading')
      await till.hostCall('reader.pace', { pace: 'instant' })
      await till.stands('卡已就绪')
      await till.closeCorner()
      await till.press('F7')
      await till.page.getByText('费用单还没有项目').waitFor()
      findings.push(...(await look(till, 'bill-empty')))
      await till.type('a')
      await till.page.getByRole('listbox', { name: '添加项目' }).getByRole('option').first().waitFor()
      findings.push(...(await look(till, 'bill-hits')))
      await till.type('zzzz')
      await till.page.getByText('目录中没有').waitFor()
      findings.push(...(await look(till, 'bill-no-hits')))
      await till.press('Escape')
      await till.press('Shift+F6')
      await till.openVisit('测试一')
      await till.pane('费用分担').getByText('现金最多').waitFor()
      findings.push(...(await look(till, 'bill-before-pin')))
      await till.press('F8', 'Home', '0')
      await till.pane('费用单').getByRole('alert').waitFor()
      findings.push(...(await look(till, 'bill-line-refused')))
      await till.press('Escape', 'Delete')
      await till.page.getByText('再按 Delete 删除此项').waitFor()
      findings.push(...(await look(till, 'bill-line-leaving')))
      expect(findings).toEqual([])
    })

    it('from the PIN to the result', async () => {
      const { till } = at
      await till.insert('in-service-32k')
      await till.closeCorner()
      await till.openVisit('测试一')
      await till.press('F10')
      const dialog = till.dialog('输入医保卡密码')
      await dialog.waitFor()
      const findings = await look(till, 'pin')
      await till.type('730916')
      await till.press('Enter')
      await dialog.getByRole('alert').waitFor()
      findings.push(...(await look(till, 'pin-wrong')))
      await till.type(PIN)
      await till.press('Enter')
      await till.button('结算 · 无需现金').waitFor()
      findings.push(...(await look(till, 'bill-ready')))
      await till.press('Shift+F1')
      await till.dialog('计算依据').getByRole('listitem').first().waitFor()
      findings.push(...(await look(till, 'why')))
      await till.press('Escape')
      await till.page.getByRole('radio', { name: '不用' }).click()
      const received = till.page.getByRole('textbox', { name: '实收' })
      await received.fill('100')
      await till.pane('费用分担').getByRole('alert').waitFor()
      findings.push(...(await look(till, 'cash-too-little')))
      await received.fill('800')
      await till.pane('费用分担').getByText('¥78.63').waitFor()
      findings.push(...(await look(till, 'cash-change')))
      await till.openCorner()
      await till.hostCall('reader.pace', { pace: 'slow' })
      await till.press('F10')
      await till.pane('费用分担').getByText('请勿拔卡').waitFor()
      findings.push(...(await look(till, 'settling')))
      await till.hostCall('reader.pace', { pace: 'instant' })
      await till.pane('结算完成').getByText('¥78.63').waitFor()
      await till.closeCorner()
      findings.push(...(await look(till, 'result')))
      expect(findings).toEqual([])
    })

    it('when the last try is used, and when the PIN is changed', async () => {
      const { till } = at
      await till.insert('low-tries')
      await till.closeCorner()
      await till.press('Shift+F5')
      const dialog = till.dialog('输入医保卡密码')
      await dialog.waitFor()
      const findings = await look(till, 'pin-last-try')
      await till.type(PIN)
      await till.press('Enter')
      await dialog.getByText('这是最后一次机会').waitFor()
      findings.push(...(await look(till, 'pin-sure')))
      await till.press('Escape')
      await till.press('Shift+F9')
      await till.dialog('修改医保卡密码').waitFor()
      findings.push(...(await look(till, 'pin-change')))
      expect(findings).toEqual([])
    })

    it('when a settlement is in doubt, and when the card has said what became of it', async () => {
      const { till } = at
      await till.prepare('retired-32k', '测试二', PIN)
      await till.closeCorner()
      await till.arm('扣款后拔卡')
      await till.press('F10')
      await till.dialog('存疑 1 笔').waitFor()
      const findings = await look(till, 'in-doubt')
      await till.press('Escape')
      findings.push(...(await look(till, 'in-doubt-queue')))
      await till.press('F3')
      await till.page.getByRole('grid', { name: '查到的结算' }).getByText('测试二').click()
      await till.pane('结算详情').getByText('存疑的结算不打印').waitFor()
      findings.push(...(await look(till, 'record-in-doubt')))
      await till.press('F2')
      await till.insert('retired-32k')
      await till.closeCorner()
      await till.page.getByText('这张卡存疑待核实').waitFor()
      findings.push(...(await look(till, 'in-doubt-waits')))
      await till.press('Shift+F2')
      await till.dialog('存疑 1 笔').getByRole('button', { name: '输入密码核实' }).waitFor()
      findings.push(...(await look(till, 'in-doubt-waits-dialog')))
      await till.givePin(PIN)
      await till.page.getByText(/^已扣款一次.并已入账$/).first().waitFor()
      findings.push(...(await look(till, 'resolved-notice')))
      expect(findings).toEqual([])
    })

    it('in the records: found, nothing found, one open, refunded', async () => {
      const { till } = at
      await till.press('F3')
      const grid = till.page.getByRole('grid', { name: '查到的结算' })
      await grid.getByText('测试二').waitFor()
      const findings = await look(till, 'records')
      await grid.getByText('测试二').click()
      const record = till.pane('结算详情')
      await record.getByText('谁付了多少').waitFor()
      findings.push(...(await look(till, 'record')))
      await till.press('F7')
      await till.dialog('整单退费').waitFor()
      findings.push(...(await look(till, 'refund')))
      await till.type('returned')
      await till.press('Enter', 'Enter')
      await till.dialog('整单退费').getByText('欠卡，待圈存').waitFor()
      findings.push(...(await look(till, 'refund-done')))
      await till.press('Escape')
      await record.getByRole('region', { name: '退费' }).waitFor()
      findings.push(...(await look(till, 'record-refunded')))
      await till.press('Escape')
      await till.page.getByRole('searchbox').fill('nobody')
      await till.page.getByText('没有结算记录').waitFor()
      findings.push(...(await look(till, 'records-none')))
      expect(findings).toEqual([])
    })

    it('at the reader: without a card, with one, a command chosen, faults armed, and beside the bill', async () => {
      const { till } = at
      await till.hostCall('trace.clear', {})
      await till.press('F4')
      await till.tray.waitFor()
      const findings = await look(till, 'reader')
      await till.card('retired-32k').click()
      await till.stands('卡已就绪')
      await till.page.getByRole('row').last().click()
      await till.page.getByRole('switch', { name: '扣款中断电' }).click()
      await till.page.getByRole('switch', { name: '扣款中断电', checked: true }).waitFor()
      findings.push(...(await look(till, 'reader-card')))
      await till.press('F2')
      await till.openCorner()
      findings.push(...(await look(till, 'reader-corner')))
      await till.closeCorner()
      await till.press('F4')
      await till.hostCall('reader.choose', { choice: { kind: 'pcsc', card: 'no reader of this name' } })
      await till.pane('从本窗口到卡').getByRole('alert').waitFor()
      findings.push(...(await look(till, 'reader-diagnosis')))
      await till.button('换读卡器').click()
      await till.dialog('用哪台读卡器').getByRole('radio', { name: '虚拟读卡器' }).waitFor()
      findings.push(...(await look(till, 'reader-choose')))
      await till.press('Escape')
      await till.hostCall('reader.choose', { choice: { kind: 'simulated' } })
      await till.tray.waitFor()
      await till.press('F2')
      expect(findings).toEqual([])
    })

    it('when the host ends, comes back, and no longer comes back', async () => {
      const { till } = at
      const { data } = till.window
      // Each time sooner than it is steady: the pauses grow until it is given up. Only the last is long enough to be looked at.
      for (let deaths = 1; deaths <= 5; deaths += 1) {
        await expect.poll(() => hostPid(data)).toBeDefined()
        await till.stands('主机就绪')
        const killed = killHost(data)
        if (deaths < 5) await expect.poll(() => [undefined, killed].includes(hostPid(data))).toBe(false)
      }
      await till.page.getByText('结算服务正在重新启动').waitFor()
      const findings = await look(till, 'host-restarting')
      await till.stands('主机就绪')
      killHost(data)
      await till.page.getByText('结算服务无法启动').waitFor()
      findings.push(...(await look(till, 'host-failed')))
      expect(findings).toEqual([])
    })
  })
}
