import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDaemon, type Daemon } from './support/daemon.ts'
import { describeWithDaemon } from './support/daemon-missing.ts'

describeWithDaemon('one of our own', () => {
  let daemon: Daemon
  beforeAll(async () => {
    daemon = await startDaemon({ readers: ['Virtual PCD', 'SAM'] })
  })
  afterAll(() => daemon.remove())

  const readers = (): string => spawnSync('opensc-tool', ['--list-readers'], { env: daemon.environment, encoding: 'utf8' }).stdout

  it('has the readers that were asked for, each with two empty slots', () => {
    expect(readers().split('\n').slice(2, 6)).toEqual([
      '0    No              Virtual PCD 00 00',
      '1    No              Virtual PCD 00 01',
      '2    No              SAM 00 00',
      '3    No              SAM 00 01'
    ])
  })

  it('is hidden from whoever was not told of it', () => {
    const machine = spawnSync('opensc-tool', ['--list-readers'], { encoding: 'utf8' })
    expect(machine.stdout).not.toContain('SAM 00 00')
  })

  it('is stopped, crashes, and starts again with the same readers', async () => {
    await daemon.stop()
    expect(readers()).not.toContain('SAM 00 00')
    await daemon.start()
    await daemon.kill()
    await daemon.start()
    expect(readers()).toContain('SAM 00 00')
  })
})
