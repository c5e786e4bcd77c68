/** The terminal host of one program, found by its data folder; killed as a crash would. */

import { readdirSync, readFileSync } from 'node:fs'

export function hostPid(data: string): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (words.some((word) => word.endsWith('host/process.js')) && words.includes(data)) return Number(pid)
    } catch {
      // It ended while it was looked at.
    }
  }
  return undefined
}

export function killHost(data: string): number {
  const pid = hostPid(data)
  if (pid === undefined) throw new Error(`no host is running on ${data}`)
  process.kill(pid, 'SIGKILL')
  return pid
}
