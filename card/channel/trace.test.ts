import { describe, expect, it } from 'vitest'
import { ScriptedChannel } from '../../test/support/scripted-channel.ts'
import { fromHex } from '../bytes/hex.ts'
import { redactCommand, tracedChannel, type TraceEntry, type TraceOptions } from './trace.ts'

async function trace(command: string, answer: string, options: TraceOptions = {}): Promise<TraceEntry[]> {
  const entries: TraceEntry[] = []
  const channel = tracedChannel(new ScriptedChannel(answer), (entry) => entries.push(entry), options)
  await channel.transmit(fromHex(command))
  return entries
}

describe('a trace', () => {
  it.each([
    ['VERIFY', '0020000003123456', '0020000003******'],
    ['CHANGE PIN', '805E010007123456FF654321', '805E010007**************'],
    ['RELOAD PIN', '842400010C3984092959AED276AC6748B4', '842400010C************************'],
    ['a query of the tries left, which carries nothing', '00200000', '00200000'],
    ['READ RECORD', '00B2080014', '00B2080014'],
    ['EXTERNAL AUTHENTICATE', '0082008402AABB', '0082008402AABB']
  ])('%s', (_, command, shown) => expect(redactCommand(fromHex(command))).toBe(shown))

  it("hides what a card says of its holder, and keeps the card's status word", async () => {
    expect(await trace('00B20A0003', '0A01319000')).toEqual([{ command: '00B20A0003', answer: '******9000' }])
    expect(await trace('00B20A0003', '6A83')).toEqual([{ command: '00B20A0003', answer: '6A83' }])
  })

  it('shows whole answers of a simulated card on request, but no PIN', async () => {
    expect(await trace('00B20A0003', '0A01319000', { readAnswers: 'whole' })).toEqual([
      { command: '00B20A0003', answer: '0A01319000' }
    ])
    expect(await trace('0020000003123456', '9000', { readAnswers: 'whole' })).toEqual([
      { command: '0020000003******', answer: '9000' }
    ])
  })

  it('is made before the sender wipes the command', async () => {
    const entries: TraceEntry[] = []
    const command = fromHex('00A4000002DF04')
    const sending = tracedChannel(new ScriptedChannel('9000'), (entry) => entries.push(entry)).transmit(command)
    command.fill(0)
    await sending
    expect(entries[0]?.command).toBe('00A4000002DF04')
  })

  it('records a failure as what it was', async () => {
    const entries: TraceEntry[] = []
    const channel = tracedChannel(new ScriptedChannel({ kind: 'card-removed' }), (entry) => entries.push(entry))
    await channel.transmit(fromHex('0084000008'))
    expect(entries).toEqual([{ command: '0084000008', answer: { kind: 'card-removed' } }])
  })
})
