/** `card publish` from outside: what it says, what it can be told while it runs, and how it lives through its daemon's end. */

import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { CardConnection } from '../../card/reader/card-reader.ts'
import { caresettleHere, fixture, temporaryFolder } from '../support/command-line.ts'
import { personalisePsam } from '../../card/psam/chip/psam-image.ts'
import { fixtureCard } from '../card/terminal.ts'
import { psamDefinition, testIssuer } from '../support/psam.ts'
import { slotOf, startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'
import { ourDriver } from './support/our-driver.ts'
import { runPublish, type PublishCommand } from './support/publish-command.ts'

const ATR = '3B6D00000081544C348660999900000001'
const SELECT_MEDICAL = '00A4000002DF04'
const VERIFY = '0020000003246810'

const folder = temporaryFolder()
const card = folder.path('card')

const publishAt = (port: number, ...args: string[]): PublishCommand => runPublish([card, '--host', `127.0.0.1:${port}`, ...args])

async function connect(daemon: Daemon, slot = 0): Promise<CardConnection> {
  const connected = await ourDriver(daemon, slotOf(daemon, slot).name).connect()
  invariant(connected.ok, `the card is there: ${JSON.stringify(connected)}`)
  return connected.value
}

async function send(connection: CardConnection, command: string): Promise<string> {
  const answer = await connection.transmit(fromHex(command))
  return answer.ok ? toHex(answer.value) : answer.error.kind
}

/** Exit code and what is said, as far as it says what is wrong. */
async function refusal(path: string, port: number): Promise<readonly unknown[]> {
  const { exit, stderr } = await caresettleHere(['card', 'publish', path, '--host', `127.0.0.1:${port}`])
  return [exit, stderr.trim().replace(/^caresettle: /, '').replace(/(: start|: take|; make) .*$/, '')]
}

describeWithDaemon('card publish', () => {
  let daemon: Daemon
  let port: number

  beforeAll(async () => {
    daemon = await startDaemon()
    port = slotOf(daemon, 0).port
    writeFileSync(card, fixtureCard('in-service-32k').medium.snapshot())
  })
  afterAll(async () => {
    await daemon.remove()
    folder.remove()
  })

  it('says when the card is in, takes orders, and lets go at the end', async () => {
    const published = publishAt(port, '--trace', folder.path('trace.jsonl'))
    expect(await published.said('in')).toEqual({ event: 'in', kind: 'card', slot: 0, host: '127.0.0.1', port, atr: ATR })
    const connection = await connect(daemon)
    expect([await send(connection, VERIFY), await send(connection, SELECT_MEDICAL)]).toEqual(['9000', '610A'])

    published.order('fault mute')
    expect(await published.said('faults')).toEqual({ event: 'faults', armed: ['mute'] })
    expect([await send(connection, SELECT_MEDICAL), await send(connection, SELECT_MEDICAL)]).toEqual(['no-answer', '610A'])

    published.order('no such order')
    expect((await published.said('refused'))['message']).toContain('"no such order" is no order; allowed: insert, remove, fault KIND')
    published.order('{"order": "remove"}')
    await published.said('out')
    expect(await send(connection, SELECT_MEDICAL)).toBe('card-removed')
    await connection.disconnect()
    // While it is out, its file is free for any other reader.
    expect(await refusal(card, 1)).toEqual([4, 'no virtual reader at 127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1)'])

    published.order('insert')
    await published.said('in')
    published.order('quit')
    expect(await published.ended()).toBe(0)
    const trace = readFileSync(folder.path('trace.jsonl'), 'utf8')
    expect(trace.split('\n').slice(0, 2).map((line) => JSON.parse(line))).toMatchObject([
      { recording: 1, scrubbed: true },
      { event: 'connect', slot: 'card', atr: ATR }
    ])
    expect(trace).toContain('"command":"0020000003******","answer":"9000"')
    expect(trace).toContain('"words":{"zh":"选择应用：DF04 社会保险应用2（医疗保险）"')
    expect(trace).not.toContain('246810')
  })

  it('comes back by itself when its daemon was stopped, or crashed, and started again', async () => {
    const published = publishAt(port)
    await published.said('in')
    for (const end of ['stop', 'kill'] as const) {
      await daemon[end]()
      await published.said('driver-gone')
      await daemon.start()
      const started = performance.now()
      await published.said('in')
      expect(performance.now() - started).toBeLessThan(2_000)
      const connection = await connect(daemon)
      expect(await send(connection, SELECT_MEDICAL)).toBe('610A')
      await connection.disconnect()
    }
    expect(await published.stop()).toBe(0)
  })

  it('a card that is torn out stays out until it is put in, one that is reset comes back', async () => {
    const published = publishAt(port)
    await published.said('in')
    published.order('fault foreign-reset')
    await published.said('faults')
    expect(await send(await connect(daemon), SELECT_MEDICAL)).toMatch(/card-removed|card-reset|no-answer/)
    await published.said('reset')
    await published.said('in')
    published.order('fault cut-in-debit')
    published.order('fault remove-before-debit')
    expect((await published.said('faults'))['armed']).toEqual(['cut-in-debit'])
    const connection = await connect(daemon)
    expect(await send(connection, `B02C01000F${'00'.repeat(15)}`)).toBe('card-removed')
    await published.said('torn-out')
    published.order('insert')
    await published.said('in')
    expect(await published.stop()).toBe(0)
  })

  it('a PSAM is published as a card is, at the pace of a real one where that is wanted', async () => {
    const psam = folder.path('psam')
    writeFileSync(psam, personalisePsam(psamDefinition('terminal-v2'), testIssuer()))
    const published = runPublish([psam, '--host', `127.0.0.1:${port}`, '--slot', '1', '--timing', 'card'])
    expect(await published.said('in')).toMatchObject({ kind: 'psam', slot: 1, port: port + 1 })
    const connection = await connect(daemon, 1)
    const started = performance.now()
    expect(await send(connection, '00B0960006')).toBe('9999990000019000')
    // 14 characters of 1.25 ms; a timer may be early by less than one.
    expect(performance.now() - started).toBeGreaterThan(16)
    expect(await published.stop()).toBe(0)
  })

  it('says in one line why it cannot begin', async () => {
    const published = publishAt(port)
    await published.said('in')
    const other = folder.path('other')
    writeFileSync(other, fixtureCard('child').medium.snapshot())
    expect(await refusal(other, port)).toEqual([2, `the slot at 127.0.0.1:${port} has a card already`])
    expect(await refusal(card, port)).toEqual([4, `card ${card}: another process holds it`])
    const damaged = fixtureCard('child').medium.snapshot()
    damaged[30] = 0
    writeFileSync(other, damaged)
    expect(await refusal(other, port)).toEqual([2, `card ${other} is not a card file (image-damaged: header checksum differs)`])
    expect(await refusal(folder.path('none'), port)).toEqual([2, `card: no such file: ${folder.path('none')}`])
    const json = fixture('cards', 'child.json')
    expect(await refusal(json, port)).toEqual([2, `card ${json} is not a card file (not-a-card-image; no PSAM image)`])
    expect(await published.stop()).toBe(0)
  })
})
