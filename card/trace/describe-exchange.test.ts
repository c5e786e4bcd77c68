import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { ok, refuse } from '../../base/result.ts'
import { describeExchange } from './describe-exchange.ts'
import { AT_RESET, type CardPlace } from './place.ts'
import { TraceNarrator } from './trace-narrator.ts'

const ssse: CardPlace = AT_RESET.card
const issuer: CardPlace = { ...ssse, file: 0xef05 }
const holder: CardPlace = { ...ssse, file: 0xef06 }
const medical: CardPlace = { ...ssse, directory: 'DF04', file: 0xef05 }

describe('a command to the card in words', () => {
  it.each<[string, CardPlace, string, string]>([
    ['00A404000F7378312E73682EC9E7BBE1B1A3D5CF', ssse, '选择应用：SSSE 社会保障系统环境', 'select SSSE, social security environment'],
    ['00A4040006D15600000503', ssse, '选择应用：DF04 社会保险应用2（医疗保险）', 'select DF04, social insurance 2, medical'],
    ['00A4000002DF04', ssse, '选择应用：DF04 社会保险应用2（医疗保险）', 'select DF04, social insurance 2, medical'],
    ['00A4000002EF05', ssse, '选择文件：EF05 发卡机构数据', 'select EF05, issuer'],
    ['00A4020002EF06', medical, '选择文件：EF06 临时脱网结算信息', 'select EF06, offline settlement'],
    ['00A4000002EF06', { ...medical, isFirstGeneration: true }, '选择文件：EF06 个人账户', 'select EF06, personal account'],
    ['00A4000002EF08', medical, '选择文件：EF08 医疗交易明细', 'select EF08, transaction log'],
    ['00B2010012', issuer, '读：卡的识别码（01）', 'read identification code (01)'],
    ['00B2090020', holder, '读：姓名（09）', 'read name (09)'],
    ['00B28C0003', medical, '读：人员类别（8C）', 'read person class (8C)'],
    ['00B2900006', { ...medical, file: 0xef06, isFirstGeneration: true }, '读：个人账户余额（90）', 'read balance (90)'],
    ['00B2900003', { ...medical, file: 0xef06 }, '读：准许脱网标识（90）', 'read offline allowed (90)'],
    ['00B209301E', ssse, '读：姓名（09）', 'read name (09)'],
    ['00B201041C', { ...medical, file: 0xef08 }, '读：EF08 医疗交易明细 第1条', 'read record 1 of EF08, transaction log'],
    ['00B0000010', { ...ssse, file: 0xef08 }, '读：EF08 数字相片，从第0字节起16字节', 'read EF08, photo, 16 bytes from 0'],
    ['00B08700F0', ssse, '读：EF07 指纹，从第0字节起240字节', 'read EF07, fingerprint, 240 bytes from 0'],
    ['00DC9200069204120000FF', { ...medical, file: 0xef06 }, '写：脱网累计金额（92）', 'write offline amount (92)'],
    ['00E2000003000131', { ...medical, file: 0xef15 }, '追加记录：EF15 特殊医疗结算记录', 'append a record to EF15, special settlements'],
    ['00D600000101', { ...ssse, file: 0xef08 }, '写：EF08 数字相片，从第0字节起1字节', 'write EF08, photo, 1 bytes from 0'],
    ['00200000', ssse, '查询密码剩余次数', 'ask for the PIN tries left'],
    ['0020000003******', ssse, '验证密码', 'verify the PIN'],
    ['805E010007**************', ssse, '修改密码', 'change the PIN'],
    ['8424000004********', ssse, '解锁密码', 'unblock the PIN'],
    ['842400010C************************', ssse, '重装密码', 'reload the PIN'],
    ['0084000008', ssse, '取随机数（8字节）', 'get a challenge of 8 bytes'],
    ['0088000010', ssse, '内部认证：卡用IRK（内部认证密钥）证明自己', 'internal authentication: the card shows IRK (internal authentication)'],
    ['0088000310', ssse, '内部认证：卡用IRK（内部认证密钥）证明自己', 'internal authentication: the card shows IRK (internal authentication)'],
    ['0082000610', ssse, '外部认证：终端出示PUK（密码解锁密钥）', 'external authentication: the terminal shows PUK (PIN unblock)'],
    ['0082008410', medical, '外部认证：终端出示RK1DF04（读密钥）', 'external authentication: the terminal shows RK1DF04 (reading)'],
    ['0082008410', { ...medical, directory: 'DF03' }, '外部认证：终端出示RK1DF03（读密钥）', 'external authentication: the terminal shows RK1DF03 (reading)'],
    ['841E000004********', medical, '锁定应用', 'block the application'],
    ['8418000004********', medical, '解锁应用', 'unblock the application'],
    ['8416000004********', medical, '锁定卡片', 'block the card']
  ])('%s', (command, place, zh, en) => {
    expect(describeExchange(command, '9000', place).words).toEqual({ zh, en })
  })
})

describe('the purse in both its worlds', () => {
  it.each([
    ['B026000104', '读账户余额', 'get the balance'],
    ['B026000206', '读年度个人自付累计', "get the year's own payment"],
    ['B026000306', '读年度统筹支付累计', "get the year's pooled payment"],
    ['805C000204', '读账户余额', 'get the balance'],
    [
      'B028010113010000138800000000000027109999990000 01',
      '医疗结算初始化（账户50.00元，自付0.00元，统筹100.00元）',
      'initialize a settlement (account 50.00, own 0.00, pooled 100.00)'
    ],
    ['805001020B0100001388999999000001', '医疗结算初始化（账户50.00元）', 'initialize a settlement (account 50.00)'],
    ['B02800010B0100001388999999000001', '圈存初始化（账户50.00元）', 'initialize a load (account 50.00)'],
    ['805000020B0100001388999999000001', '圈存初始化（账户50.00元）', 'initialize a load (account 50.00)'],
    ['B02C01000F0000001220260315093015A6B1F0A8', '医疗结算扣款（终端交易序号18）', 'debit (terminal serial 18)'],
    ['805401000F0000001220260315093015A6B1F0A8', '医疗结算扣款（终端交易序号18）', 'debit (terminal serial 18)'],
    ['B02A00000B20260315093015A6B1F0A8', '圈存入账', 'credit for load'],
    ['805200000B20260315093015A6B1F0A8', '圈存入账', 'credit for load'],
    ['B02E0032020005', '取交易认证（卡交易序号5）', 'get the transaction proof of serial 5'],
    ['805A0006020005', '取交易认证（卡交易序号5）', 'get the transaction proof of serial 5']
  ])('%s', (command, zh, en) => {
    expect(describeExchange(command.replaceAll(' ', ''), '9000', medical).words).toEqual({ zh, en })
  })
})

describe('a command to the PSAM in words', () => {
  const inApplication = { ...AT_RESET.psam, directory: 'ADF' } as const
  it.each([
    ['00A40000023F00', 'PSAM：选择主目录'],
    ['00A40000020016', 'PSAM：选择文件 0016 终端信息'],
    ['00A4000002DF01', 'PSAM：选择消费应用'],
    ['00A4040006D15600000590', 'PSAM：选择消费应用'],
    ['00B095000F', 'PSAM：读 0015 卡公共信息'],
    ['00B0990004', 'PSAM：读 0019 终端交易序号'],
    ['00B2010C0A', 'PSAM：读 0001 目录文件 第1条'],
    ['0084000008', 'PSAM：取随机数（8字节）'],
    ['BFDE67082086605101000000013531303130307378351030303030736 8D671B973D4033B01'.replaceAll(' ', ''), 'PSAM：用IRK（内部认证密钥）产生过程密钥'],
    ['BFDE672D20866051010000000135313031303073783531303030307368D671B973D4033B01', 'PSAM：用RK1DF04（读密钥）产生过程密钥'],
    ['80FA000008****************', 'PSAM：用过程密钥加密'],
    ['80FA050010********************************', 'PSAM：用过程密钥计算MAC'],
    ['8070010034A1B2C3D4000500000000000032320000271032202603150930150100', 'PSAM：消费初始化，计算MAC1（卡交易序号5）'],
    ['8072000004A6B1F0A8', 'PSAM：校验MAC2']
  ])('%s', (command, zh) => {
    const whole = command.startsWith('8070') ? `${command}${'00'.repeat(24)}` : command
    expect(describeExchange(whole, '9000', inApplication).words.zh).toBe(zh)
  })
})

describe('what an answer means', () => {
  it.each([
    ['00A4000002DF04', '9000', 'ok', '成功', 'done'],
    ['00A4000002DF04', '6112', 'ok', '已执行，有18字节应答待取', 'executed, 18 bytes of answer wait'],
    ['00B2090020', '6C1E', 'ok', '长度应为30字节，请重发', 'the length is 30: ask again'],
    ['00A4000002DF04', '6283', 'refused', '应用已被锁定', 'the application is blocked'],
    ['00A4000002DF04', '6A82', 'refused', '卡上没有这个应用或文件', 'the card has no such application or file'],
    ['00A4000002DF04', '6A81', 'refused', '卡上没有这个应用，或卡已锁定', 'no such application, or the card is blocked'],
    ['00B24E0016', '6A83', 'refused', '卡上没有这一项', 'the card has none'],
    ['00B2090020', '6982', 'refused', '不能读：未验证密码，或未做外部认证', 'not to be read before a PIN or a key is shown'],
    ['00200000', '63C6', 'ok', '还可输入6次', '6 tries left'],
    ['00200000', '6983', 'refused', '密码已锁定', 'the PIN is locked'],
    ['0020000003******', '9000', 'ok', '密码正确', 'the PIN is right'],
    ['0020000003******', '63C5', 'refused', '密码错误，还可输入5次', 'wrong PIN, 5 tries left'],
    ['0020000003******', '63C0', 'refused', '密码错误，密码已锁定', 'wrong PIN, and now it is locked'],
    ['0082008410', '63C9', 'refused', '认证失败，此密钥还剩9次', 'refused, 9 tries left for this key'],
    ['0082008410', '6983', 'refused', '此密钥已永久锁定', 'this key is locked for good'],
    ['8424000004********', '6985', 'refused', '密码没有锁定，不用解锁', 'the PIN is not locked'],
    ['B02C01000F0000001220260315093015A6B1F0A8', '9302', 'refused', 'MAC1错误，没有扣款', 'wrong MAC1: nothing debited'],
    ['B02C01000F0000001220260315093015A6B1F0A8', '9401', 'refused', '余额不足，没有扣款', 'balance too small: nothing debited'],
    ['B02E0032020005', '9406', 'refused', '卡内没有该笔交易的认证码', 'no codes of this transaction'],
    ['B026000104', '9403', 'refused', '不支持此密钥索引', 'key index not supported'],
    ['0084000008', '9303', 'refused', '应用已永久锁定', 'the application is locked for good'],
    ['0084000008', '6E00', 'refused', '不支持此类别', 'class not supported'],
    ['0084000008', '9FFF', 'refused', '未列出的状态字9FFF', 'unknown status word 9FFF']
  ])('%s -> %s', (command, answer, outcome, zh, en) => {
    expect(describeExchange(command, answer, issuer)).toMatchObject({ outcome, meaning: { zh, en } })
  })

  it.each([
    ['card-removed', '没有应答：卡已取走'],
    ['card-reset', '未发出：卡被其他程序复位'],
    ['no-answer', '没有应答']
  ] as const)('silence: %s', (kind, zh) => {
    expect(describeExchange('B02C01000F', { kind }, medical)).toMatchObject({ outcome: 'silent', meaning: { zh } })
  })

  it('half an answer is silence', () => {
    expect(describeExchange('0084000008', '90', ssse)).toMatchObject({ outcome: 'silent', meaning: { en: 'cut short: no status word' } })
  })

  it('an instruction that nobody knows is given by its bytes', () => {
    expect(describeExchange('80CA000000', '6D00', ssse).words.en).toBe('unknown instruction 80CA')
    expect(describeExchange('80CA', '6D00', ssse).words.en).toBe('no whole command')
  })
})

describe('a narrator', () => {
  const told = (narrator: TraceNarrator, command: string, answer: string) => narrator.describe(command, ok(fromHex(answer)))

  it('knows what the tag means from what was selected', () => {
    const narrator = new TraceNarrator('card')
    told(narrator, '00A4040006D15600000503', '9000')
    told(narrator, '00A4000002EF05', '9000')
    expect(told(narrator, '00B2840005', '84033210009000')).toMatchObject({
      answer: '**********9000',
      words: { zh: '读：参保地区划（84）' },
      outcome: 'ok'
    })
    told(narrator, '00A4000002EF99', '6A82')
    expect(told(narrator, '00B2840005', '84033210009000').words.zh).toBe('读：参保地区划（84）')
  })

  it('learns from the version that the card is of the first generation', () => {
    const narrator = new TraceNarrator('card')
    told(narrator, '00A4000002EF05', '9000')
    told(narrator, '00B2030006', '0304312E30309000')
    told(narrator, '00A4000002DF04', '9000')
    told(narrator, '00A4000002EF06', '9000')
    expect(told(narrator, '00B2920006', '9000').words.zh).toBe('读：年度个人自付累计（92）')
  })

  it('reads a fetched answer as that of the command it belongs to', () => {
    const narrator = new TraceNarrator('card')
    told(narrator, '00A4000002DF04', '9000')
    expect(told(narrator, 'B02C01000F0000001220260315093015A6B1F0A8', '6108').meaning.zh).toBe('已执行，有8字节应答待取')
    expect(told(narrator, '00C0000008', '5C338336AF80675D9000')).toMatchObject({
      words: { zh: '取应答（8字节）：医疗结算扣款（终端交易序号18）' },
      meaning: { zh: '已扣款，卡给出MAC2和TAC' }
    })
  })

  it('has no answer to show when none came', () => {
    expect(new TraceNarrator('card').describe('00200000', refuse({ kind: 'card-removed' }))).toMatchObject({ answer: '', outcome: 'silent' })
  })
})
