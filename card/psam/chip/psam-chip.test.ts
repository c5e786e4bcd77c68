import { describe, expect, it } from 'vitest'
import { openedChip, poweredPsam, psamDefinition, testIssuer, type TestPsam } from '../../../test/support/psam.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import { MemoryMedium } from '../../chip/memory-medium.ts'
import { PowerLost } from '../../ports.ts'
import { PsamChip } from './psam-chip.ts'
import { parsePsamDefinition } from './psam-definition.ts'
import { personalisePsam } from './psam-image.ts'

const SELECT_ADF = '00A4000002DF01'
const CARD = '8660510100000001'
const CITY = '3531303130307378'
const PROVINCE = '3531303030307368'
const CHALLENGE = 'D671B973D4033B01'

/** The 8070 of the worked example, with the factors given. */
const init = (...factors: string[]): string => {
  const fixed = 'A1B2C3D4 0005 00000000 00003232 00002710 32 20260315 093015 01 00'
  const length = (0x1c + 8 * factors.length).toString(16)
  return `80700100 ${length} ${fixed} ${factors.join(' ')}`
}
const NATIONAL_INIT = init(CARD, CITY, PROVINCE)

function inApplication(...parameters: Parameters<typeof poweredPsam>): TestPsam {
  const psam = poweredPsam(...parameters)
  expect(psam.send(SELECT_ADF)).toBe('610A')
  return psam
}

describe('answer to reset', () => {
  it('is the definition’s, cold and warm', () => {
    const { chip } = poweredPsam('terminal-v2')
    expect(toHex(chip.powerOn())).toBe('3B6D00000081544C34866099990000F001')
    expect(toHex(chip.reset())).toBe('3B6D00000081544C34866099990000F001')
  })

  it('a chip without power answers nothing', () => {
    const { chip } = poweredPsam('terminal-v2')
    chip.powerOff()
    expect(() => chip.transmit(fromHex(SELECT_ADF))).toThrow('no power')
  })
})

describe('files', () => {
  it.each([
    ['SELECT MF', '00A40000023F00', '9000'],
    ['SELECT a file of the MF', '00A40000020016', '9000'],
    ['SELECT a file of the ADF from the MF', '00A40000020019', '6A82'],
    ['SELECT the ADF by identifier', '00A4000002DF01', '610A'],
    ['SELECT the ADF by name', '00A4040006D15600000590', '610A'],
    ['SELECT another name', '00A4040006D15600000503', '6A82'],
    ['SELECT with P2', '00A4000C023F00', '6A86'],
    ['SELECT with one byte', '00A40000013F', '6700'],
    ['READ RECORD of DIR', '00B2010C0A', '61084F06D156000005909000'],
    ['READ RECORD of DIR, Le 00', '00B2010C00', '61084F06D156000005909000'],
    ['READ RECORD of DIR, wrong Le', '00B2010C08', '6C0A'],
    ['READ RECORD 2 of DIR', '00B2020C00', '6A83'],
    ['READ RECORD of a transparent file', '00B201B400', '6981'],
    ['READ BINARY of public information', '00B095000F', '0199999900000000000001010100009000'],
    ['READ BINARY of terminal information', '00B0960006', '9999990000019000'],
    ['READ BINARY from offset 3', '00B0960303', '0000019000'],
    ['READ BINARY too long', '00B0960007', '6C06'],
    ['READ BINARY beyond the end', '00B0960601', '6B00'],
    ['READ BINARY of an ADF file at the MF', '00B0990004', '6A82'],
    ['READ BINARY of DIR', '00B0810004', '6981'],
    ['READ BINARY without a file', '00B0000004', '6986'],
    ['READ BINARY without Le', '00B09600', '6700'],
    ['GET CHALLENGE', '0084000004', '000102039000'],
    ['GET CHALLENGE of 5', '0084000005', '6700'],
    ['GET RESPONSE with nothing waiting', '00C0000006', '6F00'],
    ['an unknown instruction', '00CA000000', '6D00'],
    ['an unknown class', 'A0A40000023F00', '6E00'],
    ['three bytes', '00A400', '6700'],
    ['an extended length', '00B09600000006', '6700']
  ])('%s', (_, command, answer) => {
    expect(poweredPsam('terminal-v2').send(command)).toBe(answer)
  })

  it.each([
    ['terminal serial', '00B0990004', '000000019000'],
    ['national information', '00B09A000A', '010120260101203612319000'],
    ['province information', '00B09B000A', '010120260101203612319000'],
    ['city information', '00B09C000A', '010120260101203612319000'],
    ['key file', '00B0910004', '6982']
  ])('READ BINARY in the ADF: %s', (_, command, answer) => {
    expect(inApplication('terminal-v2').send(command)).toBe(answer)
  })

  it('a selected file is read by offset, and leaves with its directory', () => {
    const psam = poweredPsam('terminal-v2')
    expect(psam.send('00A40000020016')).toBe('9000')
    expect(psam.send('00B0000204')).toBe('990000019000')
    psam.send(SELECT_ADF)
    expect(psam.send('00B0000004')).toBe('6986')
  })

  it('GET RESPONSE hands out the FCI whole or in parts, and once', () => {
    const psam = inApplication('terminal-v2')
    expect(psam.send('00C0000020')).toBe('6C0A')
    expect(psam.send('00C0000004')).toBe('6F0884066106')
    expect(psam.send('00C0000006')).toBe('D156000005909000')
    expect(psam.send('00C0000006')).toBe('6F00')
  })
})

describe('INIT SAM FOR PURCHASE and CREDIT SAM FOR PURCHASE', () => {
  it('reproduces the worked example with a national key: 8070 with 34 bytes, terminal serial, MAC1, MAC2', () => {
    const psam = inApplication('worked-example')
    expect(NATIONAL_INIT).toContain('80700100 34 ')
    expect(psam.send(NATIONAL_INIT)).toBe('6108')
    expect(psam.send('00C0000008')).toBe('00000012A6B1F0A89000')
    expect(psam.send('00B0990004')).toBe('000000139000')
    expect(psam.send('80720000045C338336')).toBe('9000')
  })

  it('gives the same MAC1 from a key of the province, with two factors', () => {
    const keys = [{ key: 'DPK', usage: '42', id: '01' }] as const
    const psam = inApplication('worked-example', { keys: [...keys] })
    expect(psam.send(NATIONAL_INIT)).toBe('6A80')
    expect(psam.send(init(CARD, CITY))).toBe('6108')
    expect(psam.send('00C0000008')).toBe('00000012A6B1F0A89000')
  })

  it('gives the same MAC1 from a key of the city, with one factor', () => {
    const psam = inApplication('worked-example', { keys: [{ key: 'DPK', usage: '22', id: '01' }] })
    expect(psam.send(init(CARD, CITY))).toBe('6A80')
    expect(psam.send(init(CARD))).toBe('6108')
    expect(psam.send('00C0000008')).toBe('00000012A6B1F0A89000')
  })

  it('signs one amount in the PBOC form', () => {
    const psam = inApplication('worked-example')
    const fixed = 'A1B2C3D4 0005 00003232 06 20260315 093015 01 00'
    expect(psam.send(`80700000 2C ${fixed} ${CARD} ${CITY} ${PROVINCE}`)).toBe('6108')
    expect(psam.send('00C0000008')).toBe('00000012EB4D02F89000')
    expect(psam.send('80720000045E25D80F')).toBe('9000')
  })

  it.each([
    ['no factor', init(), '6700'],
    ['four factors', init(CARD, CITY, PROVINCE, PROVINCE), '6700'],
    ['two factors for a national key', init(CARD, CITY), '6A80'],
    ['key version 02', NATIONAL_INIT.replace('093015 01 00', '093015 02 00'), '6A88'],
    ['another algorithm', NATIONAL_INIT.replace('093015 01 00', '093015 01 03'), '6A88'],
    ['P1 02', NATIONAL_INIT.replace('80700100', '80700200'), '6A86'],
    ['P2 01', NATIONAL_INIT.replace('80700100', '80700101'), '6A86'],
    ['PBOC, key version 02', `80700000 2C A1B2C3D4 0005 00003232 06 20260315 093015 02 00 ${CARD} ${CITY} ${PROVINCE}`, '9403']
  ])('refuses %s and uses up no serial', (_, command, answer) => {
    const psam = inApplication('worked-example')
    expect(psam.send(command)).toBe(answer)
    expect(psam.send('00B0990004')).toBe('000000129000')
    expect(psam.send('80720000045C338336')).toBe('6901')
  })

  it('wants the application selected', () => {
    expect(poweredPsam('worked-example').send(NATIONAL_INIT)).toBe('6985')
  })

  it('CREDIT ends the purchase, right or wrong', () => {
    const psam = inApplication('worked-example')
    expect(psam.send('80720000045C338336')).toBe('6901')
    psam.send(NATIONAL_INIT)
    expect(psam.send('80720000045C338336')).toBe('9000')
    expect(psam.send('80720000045C338336')).toBe('6901')
    psam.send(NATIONAL_INIT)
    expect(psam.send('807200000400000000')).toBe('9302')
    expect(psam.send('807200000400000000')).toBe('6901')
  })

  it('a reset or a new SELECT ends the purchase too', () => {
    const psam = inApplication('worked-example')
    psam.send(NATIONAL_INIT)
    psam.chip.reset()
    expect(psam.send('80720000045C338336')).toBe('6901')
    psam.send(SELECT_ADF)
    psam.send(NATIONAL_INIT)
    psam.send(SELECT_ADF)
    expect(psam.send('80720000045C338336')).toBe('6901')
  })

  it('the last serial is never given: 9402, and the counter stays', () => {
    const psam = inApplication('worked-example', { nextTerminalSerial: 0xffff_fffe })
    expect(psam.send(NATIONAL_INIT)).toBe('6108')
    expect(psam.send('00C0000008').slice(0, 8)).toBe('FFFFFFFE')
    expect(psam.send(NATIONAL_INIT)).toBe('9402')
    expect(psam.send('00B0990004')).toBe('FFFFFFFF9000')
  })
})

describe('wrong MAC2', () => {
  const wrong = (psam: TestPsam): string => {
    psam.send(NATIONAL_INIT)
    return psam.send('807200000400000000')
  }

  it.each([1, 3, 6])('%i in a row lock the application for good', (limit) => {
    const psam = inApplication('worked-example', { wrongMac2Limit: limit })
    for (let i = 0; i < limit; i++) expect(wrong(psam)).toBe('9302')
    for (const command of [NATIONAL_INIT, '80720000045C338336', `BFDE670820${CARD}${CITY}${PROVINCE}${CHALLENGE}`, '80FA0000080000000000000000']) {
      expect(psam.send(command)).toBe('9303')
    }
    const again = openedChip(new MemoryMedium(psam.medium.snapshot()))
    again.powerOn()
    expect(toHex(again.transmit(fromHex(SELECT_ADF)))).toBe('9303')
  })

  it('a right one sets the count back', () => {
    const psam = inApplication('worked-example', { wrongMac2Limit: 2, nextTerminalSerial: 0x11 })
    expect(wrong(psam)).toBe('9302')
    psam.send(NATIONAL_INIT)
    expect(psam.send('80720000045C338336')).toBe('9000')
    expect(wrong(psam)).toBe('9302')
    expect(psam.send(NATIONAL_INIT)).toBe('6108')
  })

  it('locked at personalisation: application 9303, whole PSAM 6A81', () => {
    expect(poweredPsam('worked-example', { state: 'application-locked' }).send(SELECT_ADF)).toBe('9303')
    const locked = poweredPsam('worked-example', { state: 'card-locked' })
    for (const command of [SELECT_ADF, NATIONAL_INIT, '00B0960006']) expect(locked.send(command)).toBe('6A81')
  })
})

describe('DELIVERY SESSION KEY and CIPHER DATA', () => {
  it('internal authentication of the worked example', () => {
    const psam = inApplication('worked-example')
    expect(psam.send(`BFDE670820 ${CARD} ${CITY} ${PROVINCE} 0102030405060708`)).toBe('9000')
    expect(psam.send('80FA000008 1112131415161718')).toBe('6108')
    expect(psam.send('00C0000008')).toBe('BADD6528CD7C57489000')
  })

  it('external authentication of the worked example', () => {
    const psam = inApplication('worked-example')
    expect(psam.send(`BFDE672D20 ${CARD} ${CITY} ${PROVINCE} ${CHALLENGE}`)).toBe('9000')
    expect(psam.send('80FA000008 0102030405060708')).toBe('6108')
    expect(psam.send('00C0000008')).toBe('CED1FDBE1126B3059000')
  })

  it('PIN unblock of the worked example: the MAC is the left half of the block', () => {
    const psam = inApplication('worked-example')
    expect(psam.send(`BFDE480918 ${CARD} ${CITY} ${CHALLENGE}`)).toBe('9000')
    expect(psam.send('80FA050010 0000000000000000 8424000004800000')).toBe('6108')
    expect(psam.send('00C0000008').slice(0, 8)).toBe('4C8D0EF9')
  })

  it('a MAC in pieces equals the MAC at once', () => {
    const psam = inApplication('worked-example')
    const deliver = `BFDE480918 ${CARD} ${CITY} ${CHALLENGE}`
    psam.send(deliver)
    psam.send('80FA050018 0000000000000000 842400010C398409 2959AED276800000')
    expect(psam.send('00C0000008').slice(0, 8)).toBe('AC6748B4')
    psam.send(deliver)
    expect(psam.send('80FA070010 0000000000000000 842400010C398409')).toBe('9000')
    expect(psam.send('80FA010008 2959AED276800000')).toBe('6108')
    expect(psam.send('00C0000008').slice(0, 8)).toBe('AC6748B4')
  })

  it('encryption may go on with more data under the same key, and ends with the last', () => {
    const psam = inApplication('worked-example')
    psam.send(`BFDE480918 ${CARD} ${CITY} ${CHALLENGE}`)
    expect(psam.send('80FA020008 0312345680000000')).toBe('6108')
    expect(psam.send('00C0000008')).toBe('3984092959AED2769000')
    expect(psam.send('80FA000008 0312345680000000')).toBe('6108')
    expect(psam.send('80FA000008 0312345680000000')).toBe('6985')
  })

  it.each([
    ['two factors where usage 67 says three', `BFDE670818 ${CARD} ${CITY} ${CHALLENGE}`, '6A80'],
    ['a key it does not hold', `BFDE670920 ${CARD} ${CITY} ${PROVINCE} ${CHALLENGE}`, '6A88'],
    ['no challenge', `BFDE670804 00000000`, '6700'],
    ['half a factor', `BFDE67080C 00000000 ${CHALLENGE}`, '6700'],
    ['the purchase key', `BFDE620120 ${CARD} ${CITY} ${PROVINCE} ${CHALLENGE}`, '6985']
  ])('BFDE refuses %s', (_, command, answer) => {
    expect(inApplication('worked-example').send(command)).toBe(answer)
  })

  it.each([
    ['P1 04', '80FA040008 0000000000000000', '6A86'],
    ['part of a block', '80FA000007 00000000000000', '6700'],
    ['more than 40 bytes', `80FA000048 ${'00'.repeat(0x48)}`, '6700'],
    ['a MAC with nothing but the initial vector', '80FA050008 0000000000000000', '6700'],
    ['the next of a MAC that never began', '80FA030008 0000000000000000', '6901']
  ])('80FA refuses %s', (_, command, answer) => {
    const psam = inApplication('worked-example')
    psam.send(`BFDE480918 ${CARD} ${CITY} ${CHALLENGE}`)
    expect(psam.send(command)).toBe(answer)
  })

  it('a MAC key does not encrypt, an encryption key makes no MAC, and no key does nothing', () => {
    const psam = inApplication('worked-example')
    expect(psam.send('80FA000008 0000000000000000')).toBe('6985')
    psam.send(`BFDE462318 ${CARD} ${CITY} ${CHALLENGE}`)
    expect(psam.send('80FA000008 0000000000000000')).toBe('6985')
    psam.send(`BFDE670820 ${CARD} ${CITY} ${PROVINCE} ${CHALLENGE}`)
    expect(psam.send('80FA050010 0000000000000000 8424000004800000')).toBe('6985')
  })

  it('wants the application selected', () => {
    expect(poweredPsam('worked-example').send(`BFDE670820 ${CARD} ${CITY} ${PROVINCE} ${CHALLENGE}`)).toBe('6985')
  })
})

describe('loss of power', () => {
  const serialOf = (psam: PsamChip): string => {
    psam.powerOn()
    psam.transmit(fromHex(SELECT_ADF))
    return toHex(psam.transmit(fromHex('00B0990004'))).slice(0, 8)
  }

  /** Whether the supply went inside the command. */
  function tornBy(psam: TestPsam, command: string, cut: number): boolean {
    psam.medium.cutAfter(cut)
    try {
      psam.chip.transmit(fromHex(command))
      return false
    } catch (error) {
      if (!(error instanceof PowerLost)) throw error
      return true
    } finally {
      psam.medium.restorePower()
    }
  }

  /** One copy of the counters. */
  const WRITE_LENGTH = 12
  const cuts = Array.from({ length: WRITE_LENGTH + 1 }, (_, cut) => cut)

  it.each([0, 1, 2])('inside INIT, after %i purchases, leaves the old serial or the new, at every byte', (purchases) => {
    for (const cut of cuts) {
      const psam = inApplication('worked-example')
      for (let i = 0; i < purchases; i++) psam.send(NATIONAL_INIT)
      const torn = tornBy(psam, NATIONAL_INIT, cut)
      expect(torn).toBe(cut < WRITE_LENGTH)
      const next = 0x12 + purchases + (torn ? 0 : 1)
      expect(serialOf(psam.chip)).toBe(next.toString(16).padStart(8, '0').toUpperCase())
      expect(psam.send(NATIONAL_INIT)).toBe('6108')
    }
  })

  it('inside CREDIT with a wrong MAC2 keeps the count or raises it: three tries never become four', () => {
    for (const cut of cuts) {
      const psam = inApplication('worked-example', { wrongMac2Limit: 3 })
      psam.send(NATIONAL_INIT)
      let counted = tornBy(psam, '807200000400000000', cut) ? 0 : 1
      expect(serialOf(psam.chip)).toBe('00000013')
      while (counted < 10 && psam.send(NATIONAL_INIT) === '6108') {
        expect(psam.send('807200000400000000')).toBe('9302')
        counted += 1
      }
      expect(counted).toBe(3)
    }
  })

  it('between counting and clearing a right MAC2 costs a try, never gives one', () => {
    const psam = inApplication('worked-example', { wrongMac2Limit: 2 })
    psam.send(NATIONAL_INIT)
    expect(tornBy(psam, '80720000045C338336', WRITE_LENGTH + 5)).toBe(true)
    expect(serialOf(psam.chip)).toBe('00000013')
    psam.send(NATIONAL_INIT)
    expect(psam.send('807200000400000000')).toBe('9302')
    expect(psam.send(NATIONAL_INIT)).toBe('9303')
  })

  it('after it the chip is without power until the reader gives it', () => {
    const psam = inApplication('worked-example')
    psam.medium.cutAfter(0)
    expect(() => psam.chip.transmit(fromHex(NATIONAL_INIT))).toThrow(PowerLost)
    expect(() => psam.chip.transmit(fromHex(SELECT_ADF))).toThrow('no power')
  })
})

describe('image and definition', () => {
  it('an image with any byte of its fixed part or head changed is refused', () => {
    const image = personalisePsam(psamDefinition('worked-example'), testIssuer())
    const counters = { from: 9, to: 33 }
    for (let i = 0; i < image.length; i++) {
      const changed = Uint8Array.from(image)
      changed[i] = (changed[i] ?? 0) ^ 0x01
      const opened = PsamChip.open({ medium: new MemoryMedium(changed), entropy: { bytes: (length) => new Uint8Array(length) } })
      expect(opened.ok).toBe(i >= counters.from && i < counters.to)
    }
  })

  it('an image with both counter copies damaged is refused', () => {
    const image = personalisePsam(psamDefinition('worked-example'), testIssuer())
    image.fill(0xff, 9, 33)
    const opened = PsamChip.open({ medium: new MemoryMedium(image), entropy: { bytes: (length) => new Uint8Array(length) } })
    expect(opened).toEqual({ ok: false, error: { kind: 'psam-image-invalid', problem: 'the counters are damaged' } })
  })

  it.each([
    ['terminalNumber', { terminalNumber: '99999900001' }, 'terminalNumber', /12 digits/],
    ['an unknown key', { keys: [{ key: 'DPX', usage: '42', id: '01' }] }, 'keys.0.key', /DPK/],
    ['STK with three factors', { keys: [{ key: 'STK', usage: '66', id: '09' }] }, 'keys.0.usage', /number of factors/],
    ['a key twice', { keys: [{ key: 'DPK', usage: '42', id: '01' }, { key: 'DPK', usage: '42', id: '01' }] }, 'keys', /same usage and id/],
    ['a limit of none', { wrongMac2Limit: 0 }, 'wrongMac2Limit', /1/],
    ['an unknown field', { colour: 'red' }, '', /colour/]
  ])('a definition with %s is refused, naming the field', (_, changed, field, problem) => {
    const parsed = parsePsamDefinition({ ...psamDefinition('terminal-v2'), ...changed })
    expect(parsed).toEqual({ ok: false, error: { kind: 'psam-definition-invalid', field, problem: expect.stringMatching(problem) } })
  })
})
