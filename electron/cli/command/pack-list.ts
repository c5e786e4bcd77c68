import { ok } from '../../../base/result.ts'
import { readActive } from '../../host/packs/active-packs.ts'
import { loadPacks } from '../../host/packs/load-packs.ts'
import { required, type Command } from '../command.ts'
import { existingFolder } from '../data-folder.ts'
import { asBadInput } from '../document.ts'
import { publisherLine } from '../print/pack-lines.ts'

const SYNOPSIS = '--data FOLDER'

export const packListCommand: Command = {
  name: 'pack list',
  synopsis: SYNOPSIS,
  summary: 'which packs a data folder has, which version is used on which days, and what is damaged (数据包清单)',
  options: { data: { type: 'string' } },
  positionals: [],
  run: (input) => {
    const named = required(input, 'data', `pack list ${SYNOPSIS}`)
    if (!named.ok) return named
    const data = existingFolder(named.value)
    if (!data.ok) return data
    // A list that cannot be read is an answer for whoever asks for it, not only a warning.
    const active = asBadInput(readActive(data.value))
    if (!active.ok) return active
    const { layers, problems } = loadPacks(data.value)
    const rows = [...active.value].flatMap(([id, versions]) =>
      versions.map((installed) => ({ id, installed, period: layers.find((layer) => layer.id === id && layer.version === installed.version)?.period }))
    )
    const lines = rows.map(({ id, installed: { version, publisher, key }, period }) => {
      const days = period === undefined ? '不使用 not used' : `${period.from} 至 to ${period.to ?? '另行通知 further notice'}`
      return `${id} ${version}: ${days}; ${publisherLine(publisher, key)}`
    })
    return ok({
      text: [...(lines.length === 0 ? ['未安装数据包 no pack is installed'] : lines), ...problems].join('\n'),
      json: {
        packs: rows.map(({ id, installed, period }) => ({ id, ...installed, used: period === undefined ? null : { from: period.from, to: period.to } })),
        problems
      }
    })
  }
}
