/**
 * The till and a real centre beside it: connected, offline for five patients, closed and opened again, synced, and the day
 * closed over it. And how the screens of it look.
 */

import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { startCentre, type CentreProcess } from '../../support/centre-process.ts'
import { caresettleJson } from '../../support/command-line.ts'
import { dataFolder, type DataFolder } from '../support/data-folder.ts'
import { look } from '../support/look.ts'
import { screenshot } from '../support/screenshot.ts'
import { pictureOfFailure } from '../support/shared-till.ts'
import { Till } from '../support/till.ts'
import { papersOf, type OpenWindow } from '../support/window.ts'

const PIN = '246810'

/** Patients of the queue, each with the card that is theirs, and of each of whom the centre says offline nothing else than online. */
const FIVE: readonly (readonly [card: string, patient: string, pin?: string])[] = [
  ['in-service-32k', '测试一'],
  ['retired-32k', '测试二'],
  ['resident-adult', '测试三'],
  ['v3-contactless', '测试六'],
  ['child', '测试四', '135790']
]

export function describeCentre(open: OpenWindow): void {
  describe('a till and its centre', () => {
    let folder: DataFolder | undefined
    let centre: CentreProcess | undefined
    let till: Till | undefined
    afterEach(async () => {
      await till?.window.close()
      await centre?.stop()
      folder?.remove()
      till = undefined
    })
    pictureOfFailure(() => till)

    async function openTill(data: string): Promise<Till> {
      const opened = new Till(await open({ data }))
      till = opened
      await opened.page.getByRole('listbox').waitFor()
      return opened
    }

    async function begin(): Promise<{ readonly at: Till; readonly data: string; readonly server: CentreProcess }> {
      folder = dataFolder('memory')
      centre = await startCentre(`sqlite:${join(folder.path, 'centre.db')}`)
      const data = join(folder.path, 'till')
      return { at: await openTill(data), data, server: centre }
    }

    /** At a card that loses no time. */
    async function connected(): ReturnType<typeof begin> {
      const begun = await begin()
      await begun.at.pace('即时')
      await begun.at.closeCorner()
      await connect(begun.at, begun.server)
      return begun
    }

    it('connects, goes offline, settles five, is closed, comes back, syncs, and the day is closed', async () => {
      const { at: before, data } = await connected()
      await before.press('F6')
      await before.stands('已离线 · 全部已确认')
      await before.press('F2')
      for (const [card, patient, pin] of FIVE) await settle(before, card, patient, pin)
      await before.stands(/^已离线 · 未确认 5 笔，自 /)
      expect(before.window.heard()).toEqual([])
      await before.window.close()

      const after = await openTill(data)
      await after.stands(/^已离线 · 未确认 5 笔，自 /)
      await after.press('Shift+F3')
      await after.pane('与医保中心').getByText('已离线').first().waitFor()
      await after.press('F6')
      await after.stands('全部已确认')
      await after.pane('与医保中心').getByRole('heading', { name: '联机正常' }).waitFor()
      expect(await after.pane('待处理').getByText('没有被中心退回的账目').isVisible()).toBe(true)

      await after.press('F12')
      const books = after.page.getByRole('table').filter({ hasText: '收费台' })
      await books.getByText('相符').first().waitFor()
      expect(await books.getByText('不符').count()).toBe(0)
      await closeDay(after)
      expect(after.window.heard()).toEqual([])
    })

    it('a refund goes on to the load: the centre signs, and the card has its money again', async () => {
      const { at } = await connected()
      await at.press('F2')
      await settle(at, 'in-service-32k', '测试一')
      await at.stands('全部已确认')
      await at.press('F3')
      await at.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      await at.pane('结算详情').getByText(/中心已于 .* 入账/).waitFor()
      const findings = await look(at, 'record-confirmed')
      await at.press('F7')
      await at.dialog('整单退费').waitFor()
      await at.type('returned')
      await at.press('Enter', 'Enter')
      await at.dialog('整单退费').getByText('欠卡，待圈存').waitFor()
      await at.press('F10')
      const load = at.dialog('圈存到卡')
      await load.getByText('持卡人输入密码').waitFor()
      findings.push(...(await look(at, 'load')))
      await at.press('F10')
      await at.dialog('输入医保卡密码').waitFor()
      await at.type(PIN)
      await at.press('Enter')
      await load.getByText('现在余额').waitFor()
      expect(await load.innerText()).toMatch(/圈存金额\s*¥721\.37[\s\S]*现在余额\s*¥2,760\.00/)
      findings.push(...(await look(at, 'load-done')))
      await at.press('Escape')
      await at.page.getByRole('grid', { name: '查到的结算' }).getByText('已圈存 721.37').waitFor()
      await at.pane('结算详情').getByText(/已圈存到卡，当时余额 2,760.00 元/).waitFor()
      await at.stands('全部已确认')
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('a year that was used at other institutions too is reckoned and shown as the centre tells it', async () => {
      const { at, data } = await connected()
      useElsewhere(join(data, '..', 'centre.db'))
      await at.press('F2')
      await at.insert('in-service-32k')
      await at.closeCorner()
      await at.openVisit('测试一')
      const sums = at.pane('费用分担')
      await sums.getByText('含其他机构已用（中心）').waitFor()
      expect(await at.amounts(sums)).toMatchObject({ 符合范围: '538.71', 起付线: '100.00' })
      const findings = await look(at, 'year-used-elsewhere')
      await at.press('Shift+F6')
      await settle(at, 'in-service-32k', '测试一')
      await at.press('F3')
      await at.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      await at.pane('结算详情').getByText(/中心已于 .* 入账/).waitFor()
      expect(await at.pane('结算详情').getByText(/调整/).count()).toBe(0)
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('a day with an owed load and an entry that the centre sent back: what is owed is no difference, and whoever signs sees what and how much', async () => {
      const { at, data } = await connected()
      const register = join(data, '..', 'centre.db')
      await at.press('F2')
      await settle(at, 'in-service-32k', '测试一')
      await at.stands('全部已确认')
      await at.press('F3')
      await at.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      await at.pane('结算详情').getByText(/中心已于 .* 入账/).waitFor()
      await at.press('F7')
      await at.dialog('整单退费').waitFor()
      await at.type('returned')
      await at.press('Enter', 'Enter')
      await at.dialog('整单退费').getByText('欠卡，待圈存').waitFor()
      await at.press('Escape')
      // What the centre cannot say beforehand it says afterwards.
      await at.press('Shift+F3', 'F6')
      await at.stands(/^已离线 · /)
      await at.press('F2')
      await settle(at, 'retired-32k', '测试二')
      registerAll(register, (certno) => `moved ${certno}`)
      const findings: string[] = []
      await at.press('F12')
      await at.pane('差异').getByRole('option').first().waitFor()
      findings.push(...(await look(at, 'close-owed-offline')))
      await at.press('Shift+F3', 'F6')
      await at.pane('待处理').getByRole('option').waitFor()
      findings.push(...(await look(at, 'sync-owed-parked')))
      await at.press('F12')
      await at.pane('差异').getByRole('option').filter({ hasText: '被中心退回 · 测试二' }).waitFor()
      expect(await at.pane('欠卡，待圈存').getByRole('listitem').innerText()).toMatch(/测试一\s+应退回卡上账户721\.37元，自.*起；持卡人带卡来时，打开记录圈存到卡\s+¥721\.37\s+打开记录/)
      expect(await at.pane('差异').getByRole('option').count()).toBe(1)
      findings.push(...(await look(at, 'close-owed')))
      await at.pane('差异').getByRole('radio', { name: /带入下一次日结/ }).check()
      await at.button('就这样处理').click()
      await at.isAt(at.pane('差异').getByRole('listbox'))
      await at.press('F6')
      await at.isAt(at.pane('钱箱').getByRole('textbox', { name: '备用金' }))
      await at.type('100')
      await at.press('Tab')
      await at.type('100')
      await at.press('Enter')
      await at.pane('签名').getByText('可以签名').waitFor()
      findings.push(...(await look(at, 'close-owed-ready')))
      await at.press('F10')
      await at.dialog('签名日结').getByText('欠卡，待圈存 · 测试一').waitFor()
      findings.push(...(await look(at, 'close-owed-sign')))
      await at.press('F10')
      await at.pane('已日结').waitFor()
      findings.push(...(await look(at, 'close-owed-signed')))
      await at.press('Shift+F3')
      findings.push(...(await look(at, 'sync-owed-signed')))
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('a ledger that was put back from an older copy settles nothing until F7 has fetched the rest, and then goes on', async () => {
      const { at: first, data } = await connected()
      await first.window.close()
      const [ledger, older] = [join(data, 'ledger.db'), join(data, '..', 'older.db')]
      copyFileSync(ledger, older)

      const second = await openTill(data)
      await settle(second, 'in-service-32k', '测试一')
      // The foot may still say 全部已确认 of the ledger as it was before.
      await second.press('F3')
      await second.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      await second.pane('结算详情').getByText(/中心已于 .* 入账/).waitFor()
      await second.window.close()
      for (const rest of ['-wal', '-shm']) rmSync(`${ledger}${rest}`, { force: true })
      copyFileSync(older, ledger)

      const third = await openTill(data)
      await third.stands('账簿缺记录，先取回')
      await third.closeCorner()
      await third.press('Shift+F3')
      await third.button(/^转为离线/).waitFor()
      await third.press('F6')
      await third.pane('与医保中心').getByText('请先按 F6 恢复联机').waitFor()
      const findings = await look(third, 'older-offline')
      await third.window.close()

      const at = await openTill(data)
      await at.stands('账簿缺记录，先取回')
      await at.insert('retired-32k', '此卡不能结算')
      await at.closeCorner()
      await at.openVisit('测试二')
      await at.button('先到“同步”取回记录').waitFor()
      findings.push(...(await look(at, 'older-counter')))
      await at.press('Shift+F3')
      await at.button(/^恢复联机/).waitFor()
      await at.press('F6')
      await at.button(/^转为离线/).waitFor()
      findings.push(...(await look(at, 'older-sync')))
      await at.press('F7')
      await at.pane('与医保中心').getByText('已取回：结算 1、退费 0、圈存 0、日结 0。可以继续结算。').waitFor()
      findings.push(...(await look(at, 'older-fetched')))
      await at.stands('全部已确认')
      await at.press('F2')
      await at.givePin(PIN)
      await at.button(/^结算 /).waitFor()
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('one whose key is lost asks for a code again, and goes on under another number', async () => {
      const { at: first, data, server } = await connected()
      await first.press('F2')
      await settle(first, 'in-service-32k', '测试一')
      await first.stands('全部已确认')
      await first.window.close()
      rmSync(join(data, 'terminal-key.pem'))

      const at = await openTill(data)
      await at.press('Shift+F3')
      await at.pane('重新接入').waitFor()
      const findings = await look(at, 'sync-anew')
      await at.isAt(at.page.getByRole('textbox', { name: '中心地址' }))
      await at.type(server.url)
      await at.press('Tab')
      await at.type(newCode(join(data, '..', 'centre.db')))
      await at.press('Enter')
      await at.pane('与医保中心').getByRole('heading', { name: '联机正常' }).waitFor()
      await at.pane('与医保中心').getByText('H99999900001-02').waitFor()
      await at.stands('全部已确认')
      findings.push(...(await look(at, 'sync-anew-done')))
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('what the centre refuses waits with its reason, is booked when that is mended, and is asked about again at a centre that was put back', async () => {
      const { at, data, server } = await connected()
      const [register, older] = [join(data, '..', 'centre.db'), join(data, '..', 'older.db')]
      registerAll(register, (certno) => `moved ${certno}`)
      await at.press('F2')
      await at.insert('in-service-32k', '此卡不能结算')
      await at.closeCorner()
      await at.openVisit('测试一')
      await at.page.getByText('中心没有持卡人的参保登记').waitFor()
      const findings = await look(at, 'card-unknown-at-centre')
      await at.press('Shift+F6')
      await at.pane('待结算队列').waitFor()
      // What the centre cannot say beforehand it says afterwards.
      await at.press('Shift+F3', 'F6')
      await at.stands('已离线 · 全部已确认')
      await at.press('F2')
      await settle(at, 'in-service-32k', '测试一')
      await at.press('Shift+F3', 'F6')
      const entry = at.pane('待处理').getByRole('option')
      await entry.waitFor()
      findings.push(...(await look(at, 'sync-parked')))
      await server.stop()
      copyFileSync(register, older)
      registerAll(register, (certno) => certno.replace('moved ', ''))
      const port = Number(new URL(server.url).port)
      centre = await startCentre(`sqlite:${register}`, port)
      await at.press('F7')
      await at.pane('待处理').getByText('没有被中心退回的账目').waitFor()
      await at.stands('全部已确认')

      await centre.stop()
      for (const rest of ['-wal', '-shm']) rmSync(`${register}${rest}`, { force: true })
      copyFileSync(older, register)
      centre = await startCentre(`sqlite:${register}`, port)
      await at.press('F5')
      await entry.waitFor()
      await at.pane('待处理').getByText(/^中心先前已确认，恢复旧数据后不再承认：/).waitFor()
      await at.stands(/^未确认 1 笔，自 .*待处理 1 笔$/)
      findings.push(...(await look(at, 'sync-forgotten')))
      await at.press('F3')
      await at.page.getByRole('grid', { name: '查到的结算' }).getByText('测试一').click()
      await at.pane('结算详情').getByText(/恢复旧数据后不再承认/).waitFor()
      findings.push(...(await look(at, 'record-forgotten')))
      registerAll(register, (certno) => certno.replace('moved ', ''))
      await at.press('Shift+F3', 'F7')
      await at.pane('待处理').getByText('没有被中心退回的账目').waitFor()
      expect(findings).toEqual([])
      expect(at.window.heard()).toEqual([])
    })

    it('the screens of it, by day and by night', async () => {
      const { at, server } = await begin()
      await at.pace('即时')
      await at.closeCorner()
      await at.press('Shift+F3')
      await at.pane('接入医保中心').waitFor()
      const findings = await look(at, 'sync-connect')
      await connect(at, server)
      findings.push(...(await look(at, 'sync-up')))
      await at.press('F6')
      await at.stands('已离线 · 全部已确认')
      await at.press('F2')
      await settle(at, 'in-service-32k', '测试一')
      await at.press('Shift+F3')
      await at.pane('与医保中心').getByText('1 笔').waitFor()
      findings.push(...(await look(at, 'sync-paused')))
      await at.press('F12')
      await at.pane('差异').getByRole('option').first().waitFor()
      findings.push(...(await look(at, 'close-differences')))
      await at.pane('当日图表').scrollIntoViewIfNeeded()
      await at.page.locator('.chart__drawing svg').nth(2).waitFor()
      findings.push(...(await look(at, 'close-charts')))
      await server.stop()
      await at.press('Shift+F3', 'F6')
      await at.pane('与医保中心').getByRole('heading', { name: /网络不通|中心没有正常应答/ }).waitFor()
      findings.push(...(await look(at, 'sync-down')))
      expect(findings).toEqual([])
    })

    it('at 200 % nothing of it lies beside the page, and what it says has the width of it', async () => {
      const { at, server } = await begin()
      await at.window.zoom(2)
      for (const [keys, pane] of [
        ['Shift+F3', '接入医保中心'],
        ['F12', '以前的日结']
      ] as const) {
        await at.press(keys)
        await at.pane(pane).scrollIntoViewIfNeeded()
        if (at.window.kind === 'chromium') await screenshot(at.page, `zoom-${keys.replace('+', '-')}`)
        expect(await at.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), pane).toBeLessThanOrEqual(0)
      }
      await connect(at, server)
      const share = await at.pane('与医保中心').evaluate((link) => (link.firstElementChild?.clientWidth ?? 0) / link.clientWidth)
      expect(share).toBeGreaterThan(0.5)
    })
  })
}

/** By direct writing: whom the register names is no business of this program. */
function registerAll(file: string, as: (certno: string) => string): void {
  const database = new Database(file)
  try {
    database.function('registered_as', (certno: unknown) => as(String(certno)))
    database.exec('UPDATE person SET certno = registered_as(certno)')
  } finally {
    database.close()
  }
}

/** 300.00 of the deductible of everybody who is insured as an employee, in this year and in the one before. */
function useElsewhere(file: string): void {
  const database = new Database(file)
  const year = new Date().getFullYear()
  try {
    for (const used of [year - 1, year]) {
      database.prepare(`INSERT INTO accumulator SELECT psn_no, insutype, ?, '{"act_pay_dedc":30000}' FROM insurance WHERE insutype = '310'`).run(used)
    }
  } finally {
    database.close()
  }
}

const newCode = (register: string): string =>
  (caresettleJson(['centre', 'enrol-code', '--db', `sqlite:${register}`, '--institution', 'H99999900001']) as { readonly code: string }).code

async function connect(till: Till, { url, code }: CentreProcess): Promise<void> {
  if (!(await till.pane('接入医保中心').isVisible())) await till.press('Shift+F3')
  await till.isAt(till.page.getByRole('textbox', { name: '中心地址' }))
  await till.type(url)
  await till.press('Tab')
  await till.type(code)
  await till.press('Enter')
  await till.pane('与医保中心').getByRole('heading', { name: '联机正常' }).waitFor()
  await till.pane('从中心取来的资料').getByText('待遇政策').waitFor()
}

async function settle(till: Till, card: string, patient: string, pin = PIN): Promise<void> {
  await till.insert(card)
  await till.closeCorner()
  await till.openVisit(patient)
  await till.givePin(pin)
  await till.pinTaken()
  const action = till.button(/^结算 /)
  await action.waitFor()
  // Whoever pays in cash pays exactly what is due.
  const due = /¥([\d,]+\.\d\d)/.exec(await action.innerText())?.[1]
  if (due !== undefined) await till.page.getByRole('textbox', { name: '实收' }).fill(due.replaceAll(',', ''))
  await till.press('F10')
  await till.pane('结算完成').waitFor()
  await till.press('F10')
  await till.pane('待结算队列').waitFor()
}

async function closeDay(till: Till): Promise<void> {
  const drawer = till.pane('钱箱')
  const received = await drawer.getByText('收现金').locator('xpath=following-sibling::dd').innerText()
  const counted = (100 + Number(received.replaceAll(',', ''))).toFixed(2)
  await till.press('F6')
  await till.isAt(drawer.getByRole('textbox', { name: '备用金' }))
  await till.type('100')
  await till.press('Tab')
  await till.type(counted)
  await till.press('Enter')
  await drawer.getByText('账实相符').waitFor()
  await till.pane('签名').getByText('可以签名').waitFor()
  await till.press('F10')
  await till.dialog('签名日结').waitFor()
  await till.press('F10')
  const signed = till.pane('已日结')
  await signed.waitFor()
  await till.pane('以前的日结').getByText('无差异').waitFor()
  await till.press('F9')
  const said = await signed.getByText(/已存到 .*\.csv/).innerText()
  const [path = ''] = /\/.*\.csv/.exec(said) ?? []
  expect(existsSync(path), path).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain('fund:')
  await till.press('F8')
  await expect.poll(async () => (await papersOf(till.page)).map(({ format }) => format)).toEqual(['a4'])
  const [paper] = await papersOf(till.page)
  expect(paper?.text).toMatch(/日结报表.*签于/)
}
