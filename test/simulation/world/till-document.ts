/** Whose counter a till is, and which readers stand on it: till.json, and an empty folder for the hospital's queue. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TillOwner {
  readonly name: string
  readonly number: number
  readonly kind: 'hospital' | 'pharmacy'
  readonly institution: string
  /** Of the world: the queue is the hospital's, and stays when a till dies. */
  readonly folder: string
}

/** `data`: the till's own folder. */
export function writeTill({ folder, name, institution, kind, number }: TillOwner, data: string): void {
  const queue = join(folder, `${name}-queue`)
  mkdirSync(queue)
  const about =
    kind === 'pharmacy'
      ? { fixmedins_name: '测试大药房', kind, is_pooling: true, is_dual_channel: true }
      : { fixmedins_name: '测试第一医院', kind, level: 2 }
  const till = {
    institution: { fixmedins_code: institution, ...about },
    terminal_name: `${number}号窗口`,
    queue,
    reader: { kind: 'pcsc', card: 'counter', psam: { reader: 'sam' } }
  }
  writeFileSync(join(data, 'till.json'), JSON.stringify(till))
}
