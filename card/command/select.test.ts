import { describe, expect, it } from 'vitest'
import { answered, bytesOf, meaningOf } from '../../test/support/command.ts'
import { fromHex } from '../bytes/hex.ts'
import { AID, AID_SSSE, DF } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { selectByFileId, selectByName } from './select.ts'

describe('SELECT', () => {
  it.each([
    ['the SSSE by its name sx1.sh.社会保障 (S37 table 1)', selectByName(AID_SSSE), '00A404000F7378312E73682EC9E7BBE1B1A3D5CF'],
    ['medical insurance by AID (S37 table 2)', selectByName(AID.DF04), '00A4040006D15600000503'],
    ['DF04 by file identifier (WAPP)', selectByFileId(DF.DF04), '00A4000002DF04'],
    ['EF05 by file identifier (WAPP)', selectByFileId(EF.EF05), '00A4000002EF05']
  ])('%s', (_, command, bytes) => expect(bytesOf(command)).toBe(bytes))

  it('takes a bare 9000 and a file control information alike', () => {
    expect(answered(selectByName(AID_SSSE), '9000')).toEqual({ ok: true, value: new Uint8Array(0) })
    expect(answered(selectByName(AID_SSSE), '6F009000')).toEqual({ ok: true, value: fromHex('6F00') })
  })

  it.each([
    ['6283', 'application-blocked', 'P1 6.2.3: APPLICATION BLOCK was executed'],
    ['9303', 'application-blocked', 'P2: locked for good'],
    ['6A82', 'not-found', 'ISO 7816-4'],
    ['6A81', 'function-unsupported', 'P1 6.2.5: also a blocked card to everything'],
    ['6D00', 'card-refused', 'not listed: stays visible']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(selectByName(AID.DF04), word)).toBe(meaning))

  it('an unlisted word keeps step and number for support staff', () => {
    expect(answered(selectByName(AID.DF04), '6F00')).toEqual({
      ok: false,
      error: { kind: 'card-refused', step: '00A4', statusWord: '6F00' }
    })
  })
})
