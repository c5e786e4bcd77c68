/**
 * The peer's card: the same chip in a process of its own, spoken to in plain frames, as whoever writes a card for this driver
 * writes it first. Without TCP_NODELAY in the daemon each of its answers takes 44 ms.
 *
 *   node plain-card.ts IMAGE PORT
 */

import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { Chip } from '../../../card/chip/chip.ts'
import { MemoryMedium } from '../../../card/chip/memory-medium.ts'
import { systemEntropy } from '../../../electron/host/system.ts'

const [image = '', port = ''] = process.argv.slice(2)
const chip = new Chip(new MemoryMedium(readFileSync(image)), systemEntropy)
const atr = chip.powerOn()
chip.powerOff()
const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true })
let waiting = Buffer.alloc(0)

function answerTo(body: Uint8Array): Uint8Array | undefined {
  if (body.length > 1) return chip.transmit(body)
  if (body[0] === 4) return atr
  if (body[0] === 0) chip.powerOff()
  else chip.powerOn()
  return undefined
}

socket.on('data', (chunk) => {
  waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
  for (;;) {
    const length = ((waiting[0] ?? 0) << 8) | (waiting[1] ?? 0)
    if (waiting.length < 2 || waiting.length < 2 + length) return
    const answer = answerTo(waiting.subarray(2, 2 + length))
    waiting = waiting.subarray(2 + length)
    if (answer !== undefined) socket.write(Buffer.concat([Uint8Array.of(answer.length >> 8, answer.length & 0xff), answer]))
  }
})
