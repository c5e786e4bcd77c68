import { ok } from '../../../base/result.ts'
import { diskSteps } from '../../host/files/file-steps.ts'
import { installPack, type Installed } from '../../host/packs/install-pack.ts'
import { readActive } from '../../host/packs/active-packs.ts'
import { followCatalogue, installCatalogue, installedCodes } from '../../host/packs/pack-catalogue.ts'
import { readPackCatalogue } from '../../host/packs/read-pack-catalogue.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { required, type Command } from '../command.ts'
import { existingFolder } from '../data-folder.ts'
import { asBadInput } from '../document.ts'
import { fault, type Output } from '../failure.ts'
import { installFailure, packAtHand } from '../pack-place.ts'
import { packJson, packLines } from '../print/pack-lines.ts'

const SYNOPSIS = 'FILE --data FOLDER [--trust FILE] [--allow-older]'

export const packInstallCommand: Command = {
  name: 'pack install',
  synopsis: SYNOPSIS,
  summary: 'takes a pack into a data folder, as a whole or not at all; it is used from its first day (安装数据包)',
  options: { data: { type: 'string' }, trust: { type: 'string' }, 'allow-older': { type: 'boolean' } },
  positionals: ['FILE'],
  run: async (input, terminal) => {
    const [path = ''] = input.positionals
    const named = required(input, 'data', `pack install ${SYNOPSIS}`)
    if (!named.ok) return named
    const data = existingFolder(named.value)
    if (!data.ok) return data
    const atHand = packAtHand(path, input, data.value, terminal)
    if (!atHand.ok) return atHand
    const installed = await installPack({
      data: data.value,
      ...atHand.value,
      readCatalogue: readPackCatalogue,
      knowsCode: installedCodes(data.value),
      allowOlder: input.flag('allow-older'),
      today: terminal.clock().today,
      steps: diskSteps,
      beforeUse: async ({ pack, members: { catalogue } }) =>
        catalogue === undefined ? ok(undefined) : await installCatalogue(data.value, pack.manifest, catalogue.items, readableTime(terminal.clock().cardTime))
    })
    if (!installed.ok) return installFailure(path, installed.error)
    const active = asBadInput(readActive(data.value))
    if (!active.ok) return active
    const followed = followCatalogue(data.value, active.value, terminal.clock().today, diskSteps)
    return followed.ok ? ok(outputOf(installed.value, terminal.clock().today)) : fault('catalogue-not-activated', `catalogue.db: ${followed.error} (目录未能启用)`)
  }
}

function outputOf(installed: Installed, today: string): Output {
  const { effective } = installed.pack.manifest
  const when = effective > today ? `将于 ${effective} 生效 used from ${effective}` : `已生效 used now`
  const what = installed.outcome === 'unchanged' ? '已是当前版本 is installed already' : `已安装 installed, ${when}`
  return {
    text: [...packLines(installed), `${what}; 上一版本 before it: ${installed.before ?? '无 none'}`].join('\n'),
    json: { ...packJson(installed), outcome: installed.outcome, before: installed.before ?? null }
  }
}
