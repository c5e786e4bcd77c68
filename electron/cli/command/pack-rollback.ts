import { ok } from '../../../base/result.ts'
import { diskSteps } from '../../host/files/file-steps.ts'
import { followCatalogue, removeCatalogue } from '../../host/packs/pack-catalogue.ts'
import { readActive } from '../../host/packs/active-packs.ts'
import { rollBackPack } from '../../host/packs/install-pack.ts'
import { required, type Command } from '../command.ts'
import { existingFolder } from '../data-folder.ts'
import { asBadInput } from '../document.ts'
import { badInput } from '../failure.ts'
import { installFailure } from '../pack-place.ts'

const SYNOPSIS = 'ID --data FOLDER'

export const packRollbackCommand: Command = {
  name: 'pack rollback',
  synopsis: SYNOPSIS,
  summary: 'takes back the version of a pack that was installed last; the one before it serves again (回退数据包)',
  options: { data: { type: 'string' } },
  positionals: ['ID'],
  run: async (input, { clock }) => {
    const [id = ''] = input.positionals
    const named = required(input, 'data', `pack rollback ${SYNOPSIS}`)
    if (!named.ok) return named
    const data = existingFolder(named.value)
    if (!data.ok) return data
    const back = await rollBackPack(data.value, id, diskSteps)
    if (!back.ok) return installFailure(id, back.error)
    if (back.value === undefined) return badInput('not-installed', `pack "${id}" is not installed in ${data.value} (未安装)`)
    const { removed, now } = back.value
    const active = asBadInput(readActive(data.value))
    if (!active.ok) return active
    const followed = followCatalogue(data.value, active.value, clock().today, diskSteps)
    if (followed.ok) removeCatalogue(data.value, id, removed)
    const catalogue = followed.ok ? [] : [`目录仍为 ${id} ${removed} 的版本 its catalogue stays in use: ${followed.error}`]
    return ok({
      text: [`${id} ${removed} 已回退 taken back; 现用 in use: ${now === undefined ? '随终端交付的数据 what the terminal was delivered with' : `${id} ${now}`}`, ...catalogue].join('\n'),
      json: { id, removed, now: now ?? null, catalogue_followed: followed.ok }
    })
  }
}
