/**
 * The real window at a real daemon: a card that is put into a reader of the system is served from the first look to the
 * statement, and one that is pulled out of the debit is resolved by its PIN when it is back. Then the service is stopped under the window.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SSC_LB002 } from '../../card/session/purse-commands.ts'
import { fixtureCard } from '../card/terminal.ts'
import { pictureOfFailure } from '../e2e/support/shared-till.ts'
import { Till } from '../e2e/support/till.ts'
import { openElectronWindow } from '../e2e/support/window.ts'
import { startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'
import { publishedAt, type Published } from './support/published.ts'

const RECOVERED_MS = 2_000

describeWithDaemon('the window', () => {
  const data = mkdtempSync(join(tmpdir(), 'caresettle-pcsc-'))
  const { chip } = fixtureCard('in-service-32k')
  let daemon: Daemon
  let card: Published
  let till: Till | undefined

  beforeAll(async () => {
    daemon = await startDaemon()
    card = publishedAt(daemon.ports[0] ?? 0)
    mkdirSync(data, { recursive: true })
    const institution = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', level: 2 }
    writeFileSync(join(data, 'till.json'), JSON.stringify({ institution, terminal_name: '1号窗口', reader: { kind: 'pcsc', card: 'Virtual PCD 00 00' } }))
    till = new Till(await openElectronWindow({ data, environment: daemon.socket }))
    await till.page.getByRole('listbox').waitFor()
  })
  afterAll(async () => {
    card.remove()
    await till?.window.close()
    await daemon.remove()
    rmSync(data, { recursive: true, force: true })
  })
  pictureOfFailure(() => till)

  const at = (): Till => {
    if (till === undefined) throw new Error('the window is not open')
    return till
  }

  it('serves a card that is put into the system’s reader, from the first look to the statement', async () => {
    await at().stands('Virtual PCD 00 00')
    await at().stands('未插卡')
    await card.insert(chip)
    await at().stands('卡已就绪')
    await at().openVisit('测试一')
    await at().givePin('246810')
    await at().pinTaken()
    await at().button('结算 · 无需现金').waitFor()
    await at().press('F10')
    await at().pane('结算完成').waitFor()
    expect(await at().amounts(at().pane('结算完成'))).toMatchObject({ 费用总额: '818.47', 个人账户支付: '721.37', 账户余额: '2,038.63' })
    await at().press('Enter')
    await at().pane('待结算队列').waitFor()
  })

  it('a card pulled out of the debit is in doubt, and resolved by its PIN when it is back', async () => {
    const visit = readFileSync(join(data, 'queue', 'settled', '01-internal-medicine.json'), 'utf8')
    writeFileSync(join(data, 'queue', '01-again.json'), visit.replace(/"ipt_otp_no": *"[^"]*"/, '"ipt_otp_no": "MZ-PCSC-2"'))
    await at().openVisit('测试一')
    await at().givePin('246810')
    await at().pinTaken()
    await at().button('结算 · 无需现金').waitFor()
    card.reader.faults.arm({ effect: 'remove-after', instruction: [SSC_LB002.debitForPurchase.ins], occurrence: 1 })
    await at().press('F10')
    await at().stands('存疑 1 笔')
    await at().stands('未插卡')
    await card.insert(chip)
    await at().dialog('存疑 1 笔').getByRole('button', { name: '输入密码核实' }).waitFor()
    await at().givePin('246810')
    await at().page.getByText(/^已扣款一次.并已入账$/).waitFor()
    await at().stands('无存疑')
    expect(at().window.heard()).toEqual([])
  })

  it('says that the service does not run, keeps answering, and goes on within two seconds of its start', async () => {
    await daemon.stop()
    await at().page.getByRole('contentinfo', { name: '状态' }).getByRole('button', { name: '智能卡服务没有运行' }).click()
    await at().pane('从本窗口到卡').getByRole('alert').getByText('智能卡服务没有运行').waitFor()
    await daemon.start()
    const begun = performance.now()
    await at().pane('从本窗口到卡').getByText('各环节正常').waitFor()
    expect(performance.now() - begun).toBeLessThan(RECOVERED_MS)
    expect(at().window.heard()).toEqual([])
  })
})
