import { ok } from '../../../base/result.ts'
import { dataFolder, hasCatalogues, versionJson, versionLine, withStore } from '../catalogue-place.ts'
import type { Command } from '../command.ts'

const SYNOPSIS = '--data DIR'

export const catalogueListCommand: Command = {
  name: 'catalogue list',
  synopsis: SYNOPSIS,
  summary: 'the versions that are installed in a data folder; * is active (目录版本)',
  options: { data: { type: 'string' } },
  positionals: [],
  run: (input) => {
    const data = dataFolder(input, `catalogue list ${SYNOPSIS}`)
    if (!data.ok) return data
    if (!hasCatalogues(data.value)) return ok({ text: 'none installed: the terminal works by what it was delivered with 未安装', json: { versions: [] } })
    return withStore(data.value, { create: false }, (store) => {
      const versions = store.versions()
      return ok({ text: versions.length === 0 ? 'none installed 未安装' : versions.map(versionLine).join('\n'), json: { versions: versions.map(versionJson) } })
    })
  }
}
