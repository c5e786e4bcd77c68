/**
 * A small world of shipped parts for the auditor to look at: real ledgers and chips, a real centre, two tills and two cards. What
 * happens in it is scripted; a test then breaks one promise and sees that the auditor says so.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixtureCard } from '../../card/terminal.ts'
import { openWorld, type World, type WorldCard, type WorldTerminal } from '../../support/sync-world.ts'
import type { AuditView, CardUnderAudit } from '../auditor/view.ts'

export const PIN = '246810'

export interface ProvingCard extends WorldCard, CardUnderAudit {
  readonly medium: ReturnType<typeof fixtureCard>['medium']
}

export interface ProvingWorld {
  readonly world: World
  readonly terminals: readonly WorldTerminal[]
  readonly cards: readonly ProvingCard[]
  readonly centreFile: string
  readonly view: AuditView
  close(): Promise<void>
}

export function provingCard(name: string, fixture: string): ProvingCard {
  const { chip, medium } = fixtureCard(fixture)
  return {
    name,
    pin: PIN,
    chip,
    medium,
    image: () => medium.snapshot(),
    get written() {
      return medium.written
    }
  }
}

/** Folders may be put in the place of a till's own: `folderOf`. */
export async function openProvingWorld(): Promise<ProvingWorld> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'audit-'))
  const centreFile = join(folder, 'centre.db')
  const world = await openWorld(`sqlite:${centreFile}`)
  const terminals = [await world.terminal(1), await world.terminal(2)]
  const cards = [provingCard('card-1', 'in-service-32k'), provingCard('card-2', 'resident-adult')]
  const view: AuditView = {
    cards,
    terminals: terminals.map((terminal, index) => ({ name: `till-${index + 1}`, folder: terminal.folder })),
    centre: { file: centreFile },
    keys: []
  }
  const close = async (): Promise<void> => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { world, terminals, cards, centreFile, view, close }
}
