import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFile } from './file-lock.ts'
import { FileMedium } from './file-medium.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caresettle-medium-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('what is written is in the file at once and there after reopening', () => {
  const path = join(folder, 'card')
  writeFileSync(path, Uint8Array.of(1, 2, 3, 4))
  const medium = new FileMedium(path)
  medium.write(1, Uint8Array.of(9, 8))
  expect([...readFileSync(path)]).toEqual([1, 9, 8, 4])
  expect(medium.read(0, 4)).toEqual(Uint8Array.of(1, 9, 8, 4))
  medium.close()
})

it('a write outside the image is a broken invariant and changes nothing', () => {
  const path = join(folder, 'card')
  writeFileSync(path, Uint8Array.of(1, 2))
  const medium = new FileMedium(path)
  expect(() => medium.write(1, Uint8Array.of(9, 9))).toThrow('2 bytes at 1 lie outside the image of 2')
  medium.close()
  expect([...readFileSync(path)]).toEqual([1, 2])
})

it('a second holder of the same file is refused until the first lets go', () => {
  const path = join(folder, 'card')
  const first = lockFile(path)
  expect(lockFile(path)).toEqual({ ok: false, error: { kind: 'file-in-use', path } })
  if (first.ok) first.value.free()
  const again = lockFile(path)
  expect(again.ok).toBe(true)
  if (again.ok) again.value.free()
})

it('the lock of a killed process is free at once', async () => {
  const path = join(folder, 'card')
  const script = `import { lockFile } from '${join(import.meta.dirname, 'file-lock.ts')}'; globalThis.lock = lockFile('${path}'); console.log(globalThis.lock.ok); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  expect(lockFile(path).ok).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const after = lockFile(path)
  expect(after.ok).toBe(true)
  if (after.ok) after.value.free()
})
