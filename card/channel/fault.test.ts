import { describe, expect, it } from 'vitest'
import { ScriptedChannel } from '../../test/support/scripted-channel.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import { FaultSwitches, faultyChannel, type Fault } from './fault.ts'

async function play(fault: Fault, commands: readonly string[]) {
  const faults = new FaultSwitches()
  faults.arm(fault)
  const card = new ScriptedChannel(...commands.map(() => '9000'))
  const channel = faultyChannel(card, faults)
  const seen: string[] = []
  for (const command of commands) {
    const answer = await channel.transmit(fromHex(command))
    seen.push(answer.ok ? toHex(answer.value) : answer.error.kind)
  }
  return { seen, reached: card.sent.length, armed: faults.armed }
}

const THREE = ['00A4000002DF04', '00B0000010', '00B0001010']

describe('a fault', () => {
  it.each([
    ['mute', ['9000', 'no-answer', '9000'], 2],
    ['lose-answer', ['9000', 'no-answer', '9000'], 3],
    ['truncate', ['9000', '90', '9000'], 3],
    ['remove-before', ['9000', 'card-removed', 'card-removed'], 1],
    ['remove-after', ['9000', 'card-removed', 'card-removed'], 2],
    ['reset-before', ['9000', 'card-reset', 'card-reset'], 1]
  ] as const)('%s at the second command', async (effect, seen, reached) => {
    expect(await play({ effect, occurrence: 2 }, THREE)).toEqual({ seen, reached, armed: false })
  })

  it('counts only the instruction it waits for', async () => {
    expect((await play({ effect: 'mute', instruction: 0xb0, occurrence: 2 }, THREE)).seen).toEqual(['9000', '9000', 'no-answer'])
  })

  it('strikes once', () => {
    const faults = new FaultSwitches()
    faults.arm({ effect: 'mute', occurrence: 1 })
    const command = fromHex('0084000008')
    expect([faults.strike(command), faults.strike(command)]).toEqual(['mute', undefined])
  })

  it('of two due at once the first armed strikes first, the other at the next command', () => {
    const faults = new FaultSwitches()
    faults.arm({ effect: 'mute', occurrence: 1 })
    faults.arm({ effect: 'truncate', occurrence: 1 })
    const command = fromHex('0084000008')
    expect([faults.strike(command), faults.strike(command), faults.armed]).toEqual(['mute', 'truncate', false])
  })

  it('cleared switches do nothing', () => {
    const faults = new FaultSwitches()
    faults.arm({ effect: 'mute', occurrence: 1 })
    faults.clear()
    expect([faults.armed, faults.strike(fromHex('0084000008'))]).toEqual([false, undefined])
  })
})
