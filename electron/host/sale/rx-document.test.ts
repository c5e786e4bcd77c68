import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openRx, signedBytes } from './rx-document.ts'

const KEYS = JSON.parse(readFileSync('fixtures/keys/test-prescription-platform.json', 'utf8')) as { readonly public_key: string; readonly private_key: string }

const RX = {
  hiRxno: 'RX2026112700001',
  rxTraceCode: 'T1',
  prscTime: '2026-11-27 08:30:00',
  valiEndTime: '2026-11-29 23:59:59',
  fixmedinsCode: 'H99999900001',
  fixmedinsName: '测试第一医院',
  hospLv: 2,
  drName: '测试医生',
  patnName: '测试一',
  certno: '000000199001010018',
  rxdrugdetail: [{ drugGenname: '奥美拉唑', drugCnt: '1', drugDosunt: '盒' }]
}

function signed(prescription: object): { readonly prescription: object; readonly signature: string } {
  const key = createPrivateKey({ key: Buffer.from(KEYS.private_key, 'base64'), format: 'der', type: 'pkcs8' })
  return { prescription, signature: sign(null, signedBytes(prescription), key).toString('base64') }
}

describe('an electronic prescription', () => {
  it('opens as the platform signed it, whatever the order of its fields', () => {
    const { prescription, signature } = signed(RX)
    const turned = Object.fromEntries(Object.entries(prescription).toReversed())
    expect(openRx({ prescription: turned, signature }, KEYS.public_key)).toMatchObject({ ok: true, value: { hiRxno: 'RX2026112700001', rxStasCodg: '1', rxdrugdetail: [{ takeDrugFlag: '0' }] } })
  })

  it('is forged when one word in it was changed', () => {
    const { prescription, signature } = signed(RX)
    expect(openRx({ prescription: { ...prescription, drName: '别人' }, signature }, KEYS.public_key)).toEqual({ ok: false, error: { kind: 'prescription-forged' } })
    expect(openRx({ prescription, signature: 'AAAA' }, KEYS.public_key)).toEqual({ ok: false, error: { kind: 'prescription-forged' } })
  })

  it('that is signed and yet no prescription names the field', () => {
    expect(openRx(signed({ ...RX, hospLv: 9 }), KEYS.public_key)).toMatchObject({ ok: false, error: { kind: 'prescription-unreadable', problems: [{ path: 'hospLv' }] } })
  })
})
