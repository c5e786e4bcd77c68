import { describe, expect, it } from 'vitest'
import { ScriptedChannel } from '../../test/support/scripted-channel.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import type { ChannelFailure } from './card-channel.ts'
import { GET_RESPONSE_ROUNDS_MAX, t0Channel, type T0Options } from './t0-channel.ts'

async function talk(command: string, answers: (string | ChannelFailure)[], options: T0Options = {}) {
  const channel = new ScriptedChannel(...answers)
  const result = await t0Channel(channel, options).transmit(fromHex(command))
  return { sent: channel.sent, got: result.ok ? toHex(result.value) : result.error.kind }
}

describe('T=0', () => {
  it('strips Le of case 4 and fetches what 61xx announces', async () => {
    expect(await talk('0088000002010208', ['6108', 'BADD6528CD7C57489000'])).toEqual({
      sent: ['00880000020102', '00C0000008'],
      got: 'BADD6528CD7C57489000'
    })
  })

  it('sends cases 1, 2 and 3 as they are', async () => {
    expect(await talk('00200000', ['63C6'])).toEqual({ sent: ['00200000'], got: '63C6' })
    expect(await talk('0084000008', ['01020304050607089000'])).toEqual({
      sent: ['0084000008'],
      got: '01020304050607089000'
    })
    expect(await talk('00A4000002DF04', ['9000'])).toEqual({ sent: ['00A4000002DF04'], got: '9000' })
  })

  it('repeats a reading command with the length the card asks for', async () => {
    expect(await talk('00B2080000', ['6C14', '081200'.repeat(18) + '9000'])).toEqual({
      sent: ['00B2080000', '00B2080014'],
      got: '081200'.repeat(18) + '9000'
    })
  })

  it('repeats it once only', async () => {
    expect(await talk('00B2080000', ['6C14', '6C14', '9000'])).toEqual({ sent: ['00B2080000', '00B2080014'], got: '6C14' })
  })

  it('never repeats a command that carries data: a VERIFY goes out once', async () => {
    expect(await talk('0020000003123456', ['6C03'])).toEqual({ sent: ['0020000003123456'], got: '6C03' })
  })

  it('joins an answer that comes in several rounds, with a wrong length corrected on the way', async () => {
    expect(await talk('00A4040001AA', ['6102', '01026101', '6C03', '0304059000'])).toEqual({
      sent: ['00A4040001AA', '00C0000002', '00C0000001', '00C0000003'],
      got: '01020304059000'
    })
  })

  it('a card that announces more for ever is given up, bounded', async () => {
    const { sent, got } = await talk('00A4040001AA', Array.from({ length: 100 }, () => '006101'))
    expect(got).toBe('no-answer')
    expect(sent).toHaveLength(1 + GET_RESPONSE_ROUNDS_MAX)
  })

  it('61xx says executed: trouble in fetching the answer is no-answer, never the word or the reset', async () => {
    expect((await talk('B02C010001AA08', ['6108', '6F00'])).got).toBe('no-answer')
    expect((await talk('B02C010001AA08', ['6108', '6982'])).got).toBe('no-answer')
    expect((await talk('B02C010001AA08', ['6108', { kind: 'card-reset' }])).got).toBe('no-answer')
    expect((await talk('B02C010001AA08', ['6108', { kind: 'card-removed' }])).got).toBe('card-removed')
  })

  it('less than a status word is no answer', async () => {
    expect((await talk('00A4000002DF04', ['90'])).got).toBe('no-answer')
    expect((await talk('00A4000002DF04', [''])).got).toBe('no-answer')
  })
})

describe('T=1 and contactless', () => {
  it('let Le travel, and answer 61xx all the same', async () => {
    expect(await talk('0088000002010208', ['6108', 'BADD6528CD7C57489000'], { keepLe: true })).toEqual({
      sent: ['0088000002010208', '00C0000008'],
      got: 'BADD6528CD7C57489000'
    })
  })
})
