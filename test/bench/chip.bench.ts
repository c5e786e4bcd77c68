/**
 * The in-process card through the product's own interface: command bytes into a connection of the virtual reader, response
 * bytes out, one awaited exchange after the other. The limit beside each figure is the same loop against a card that does
 * nothing, so that what the chip itself costs can be told from what asking it costs.
 */

import { invariant } from '../../base/invariant.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { tripleDesMac } from '../../card/crypto/mac.ts'
import type { CardConnection } from '../../card/reader/card-reader.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { Key } from '../../card/secret/key.ts'
import { cardUnderTest, type CardUnderTest } from '../chip/card-under-test.ts'
import inService from '../../fixtures/cards/in-service-32k.json' with { type: 'json' }
import { median, type Benchmark, type Figure } from './figure.ts'

const ROUNDS = 5
const EXCHANGES = 200_000

const SELECT_MEDICAL = fromHex('00A4040006D15600000503')
const SELECT_PHOTO = fromHex('00A4000002EF08')
const DATA_LENGTH = 32

/** Exchanges a second: the median of some rounds after one that only warms up. */
async function rate(exchanges: number, exchange: () => Promise<void>): Promise<number> {
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now()
    for (let i = 0; i < exchanges; i++) await exchange()
    if (round > 0) rates.push((1000 * exchanges) / (performance.now() - started))
  }
  return median(rates)
}

const idleCard: VirtualCard = {
  powerOn: () => fromHex('3B00'),
  powerOff: () => undefined,
  reset: () => fromHex('3B00'),
  transmit: () => Uint8Array.of(0x90, 0x00)
}

async function connectionTo(card: VirtualCard): Promise<CardConnection> {
  const reader = new VirtualReader('bench')
  reader.insert(card)
  const connection = await reader.connect()
  invariant(connection.ok, 'a virtual card in a virtual reader connects')
  return connection.value
}

async function answerOf(connection: CardConnection, command: Uint8Array): Promise<Uint8Array> {
  const answer = await connection.transmit(command)
  invariant(answer.ok, 'the virtual reader answers')
  return answer.value
}

/** DF04's neighbour SSSE with the right to write the photo: every update then goes through the card's journal. */
async function readyToUpdate(connection: CardConnection, card: CardUnderTest): Promise<void> {
  await answerOf(connection, fromHex('00A4040C0F7378312E73682EC9E7BBE1B1A3D5CF'))
  const challenge = (await answerOf(connection, fromHex('0084000008'))).slice(0, 8)
  const session = card.suite.sessionKey(card.key('UKSSSE'), challenge)
  const data = fromHex('0102030405060708')
  const proof = `0082000410${toHex(card.suite.encryptBlock(session, data))}${toHex(data)}`
  invariant(toHex(await answerOf(connection, fromHex(proof))) === '9000', 'the right to write is granted')
  await answerOf(connection, SELECT_PHOTO)
}

const millions = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} M/s`

function figure(target: string, ours: number, limit: number, least: number): Figure {
  return {
    target,
    ours: millions(ours),
    against: `a card that does nothing ${millions(limit)}`,
    ratio: ours / limit,
    bound: `at least ${millions(least)}`,
    met: ours >= least
  }
}

export const chipBenchmark: Benchmark = async () => {
  const card = cardUnderTest(inService)
  const connection = await connectionTo(card.chip)
  const idle = await connectionTo(idleCard)
  const idleRate = await rate(EXCHANGES, async () => {
    await idle.transmit(SELECT_MEDICAL)
  })
  const selectRate = await rate(EXCHANGES, async () => {
    const answer = await connection.transmit(SELECT_MEDICAL)
    invariant(answer.ok && answer.value[0] === 0x61, 'SELECT is answered')
  })
  await readyToUpdate(connection, card)
  const macKey = new Key('bench', fromHex('00112233445566778899AABBCCDDEEFF'))
  const update = fromHex(`00D60000${DATA_LENGTH.toString(16)}${'5A'.repeat(DATA_LENGTH)}`)
  const updateWithMac = (target: CardConnection) => async () => {
    tripleDesMac(macKey, update)
    const answer = await target.transmit(update)
    invariant(answer.ok && answer.value[0] === 0x90, 'UPDATE BINARY is answered')
  }
  const idleUpdateRate = await rate(EXCHANGES / 2, updateWithMac(idle))
  const updateRate = await rate(EXCHANGES / 2, updateWithMac(connection))
  return [
    figure('16 SELECT of the in-process card', selectRate, idleRate, 1_000_000),
    figure('16 UPDATE BINARY 32 B, journalled, with a 3DES MAC', updateRate, idleUpdateRate, 500_000)
  ]
}
