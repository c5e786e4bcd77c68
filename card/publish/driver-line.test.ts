import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { DriverLine } from './driver-line.ts'

function line() {
  const sent: string[] = []
  const driver = new DriverLine((bytes) => sent.push(toHex(bytes)))
  return {
    driver,
    sent,
    receive: (hex: string) => driver.receive(fromHex(hex)).map(toHex),
    answer: (hex: string) => driver.answer(fromHex(hex))
  }
}

describe('frames of the virtual reader driver', () => {
  it('a whole frame is its body, and is answered with a whole frame', () => {
    const { sent, receive, answer } = line()
    expect(receive('000700A4000002DF04')).toEqual(['00A4000002DF04'])
    answer('611B')
    expect(sent).toEqual(['0002611B'])
  })

  it('frames come in any pieces: in the middle of a length, in the middle of a body, two at once', () => {
    const { sent, receive } = line()
    expect([receive('00'), receive('0700A4'), receive('000002DF'), receive('0400010200')]).toEqual([[], [], [], ['00A4000002DF04', '02']])
    expect(receive('0104')).toEqual(['04'])
    expect(sent).toEqual([])
  })

  it('drops a frame without a body', () => {
    expect(line().receive('0000000104')).toEqual(['04'])
  })

  it('gives an empty answer a length of its own', () => {
    const { sent, receive, answer } = line()
    receive('000104')
    answer('')
    expect(sent).toEqual(['0000'])
  })

  it('cannot say an answer of 256 bytes', () => {
    const { answer } = line()
    answer('AA'.repeat(255))
    expect(() => answer('AA'.repeat(256))).toThrow('an answer of 256 bytes is longer than 255')
  })
})

describe('the credit', () => {
  it('is the first byte of the answer, sent as soon as a length stands alone', () => {
    const { sent, receive, answer } = line()
    receive('0005')
    expect(sent).toEqual(['00'])
    expect(receive('0084000008')).toEqual(['0084000008'])
    answer('01020304050607089000')
    expect(sent).toEqual(['00', '0A01020304050607089000'])
  })

  it('is not given for half a length, nor once the body has begun to come', () => {
    const { sent, receive } = line()
    receive('00')
    receive('050084')
    receive('00')
    expect(sent).toEqual([])
  })

  it('is given for the next length after a whole frame in the same piece', () => {
    const { sent, receive } = line()
    expect(receive('0001010001')).toEqual(['01'])
    expect(sent).toEqual(['00'])
  })

  it('of a control that nobody answers belongs to the next answer; no second one is given meanwhile', () => {
    const { sent, receive, answer } = line()
    for (const control of ['01', '02', '00', '01']) {
      receive('0001')
      expect(receive(control)).toEqual([control])
    }
    receive('0001')
    receive('04')
    answer('3B6D0000')
    expect(sent).toEqual(['00', '043B6D0000'])
  })

  it('is given anew after every answer', () => {
    const { sent, receive, answer } = line()
    for (let round = 0; round < 3; round++) {
      receive('0005')
      receive('00B0000000')
      answer('6A82')
    }
    expect(sent).toEqual(['00', '026A82', '00', '026A82', '00', '026A82'])
  })

  it('that is out when the card leaves becomes an empty answer: half a length would take the daemon down', () => {
    const { driver, sent, receive } = line()
    receive('0001')
    receive('00')
    driver.end()
    driver.end()
    expect(sent).toEqual(['00', '00'])
  })
})
