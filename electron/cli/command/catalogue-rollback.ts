import { ok } from '../../../base/result.ts'
import { dataFolder, storeFailure, versionJson, versionLine, withStore } from '../catalogue-place.ts'
import type { Command } from '../command.ts'

const ROLLBACK = '--data DIR'
const ACTIVATE = '--data DIR VERSION'

export const catalogueRollbackCommand: Command = {
  name: 'catalogue rollback',
  synopsis: ROLLBACK,
  summary: 'back to the version that was active before; a terminal that runs works by it at once (回退目录版本)',
  options: { data: { type: 'string' } },
  positionals: [],
  run: (input) => {
    const data = dataFolder(input, `catalogue rollback ${ROLLBACK}`)
    if (!data.ok) return data
    return withStore(data.value, { create: false }, (store) => {
      const version = store.rollback()
      return version.ok ? ok({ text: versionLine(version.value), json: versionJson(version.value) }) : storeFailure(version.error)
    })
  }
}

export const catalogueActivateCommand: Command = {
  name: 'catalogue activate',
  synopsis: ACTIVATE,
  summary: 'works by another installed version from now on (启用目录版本)',
  options: { data: { type: 'string' } },
  positionals: ['VERSION'],
  run: (input) => {
    const data = dataFolder(input, `catalogue activate ${ACTIVATE}`)
    if (!data.ok) return data
    const [name = ''] = input.positionals
    return withStore(data.value, { create: false }, (store) => {
      const version = store.activate(name)
      return version.ok ? ok({ text: versionLine(version.value), json: versionJson(version.value) }) : storeFailure(version.error)
    })
  }
}
