/**
 * A main process of nothing but a supervised host in Electron's utility process: what a packaged program does, without a
 * package. Says on stdout, one JSON document a line, what the supervisor tells; obeys words on its command line.
 */

import { join } from 'node:path'
import { app } from 'electron'
import { utilityHost } from '../../../electron/main/utility-host.ts'
import { Supervisor } from '../../../electron/supervisor/supervisor.ts'
import { systemTimer } from '../../../electron/supervisor/timer.ts'

const say = (line: unknown): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

void app.whenReady().then(async () => {
  const supervisor = new Supervisor(
    utilityHost({ entry: join(__dirname, 'scripted-host.js'), readerEntry: join(__dirname, 'process.js'), data: '/tmp/data', fixtures: 'fixtures', version: '0.0.1' }),
    systemTimer
  )
  let readyCount = 0
  const readyAgain = new Promise<void>((again) => {
    supervisor.listen((event) => {
      if (event.topic !== 'host') return
      say(event.host)
      if (event.host.state === 'ready') readyCount += 1
      if (readyCount === 2) again()
    })
  })
  supervisor.start()
  await supervisor.call('reader.insert', { card: 'test-one' })
  const first = await supervisor.call('terminal.state', {})
  say(first)
  const settled = supervisor.call('settle', { presence: 1, revision: 1, cash: '1.00' })
  if (first.ok && typeof first.value === 'object' && first.value !== null && 'pid' in first.value) process.kill(Number(first.value.pid), 'SIGKILL')
  say(await settled)
  await readyAgain
  say(await supervisor.call('terminal.state', {}))
  await supervisor.stop()
  say('stopped')
  app.exit(0)
})
