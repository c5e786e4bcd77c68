import { ok } from '../../../base/result.ts'
import { checkBeside } from '../../host/packs/install-pack.ts'
import { installedCodes } from '../../host/packs/pack-catalogue.ts'
import { readPackCatalogue } from '../../host/packs/read-pack-catalogue.ts'
import type { Command } from '../command.ts'
import { dataOf, packAtHand, packFailure } from '../pack-place.ts'
import { packJson, packLines } from '../print/pack-lines.ts'

export const packCheckCommand: Command = {
  name: 'pack check',
  synopsis: 'FILE [--trust FILE] [--data FOLDER]',
  summary: 'whether a terminal would take this pack: publisher, sums, every document, and how it fits what is there (检查数据包)',
  options: { trust: { type: 'string' }, data: { type: 'string' } },
  positionals: ['FILE'],
  run: (input, terminal) => {
    const [path = ''] = input.positionals
    const data = dataOf(input)
    if (!data.ok) return data
    const atHand = packAtHand(path, input, data.value, terminal)
    if (!atHand.ok) return atHand
    const checked = checkBeside(data.value, { ...atHand.value, readCatalogue: readPackCatalogue, knowsCode: data.value === undefined ? undefined : installedCodes(data.value) })
    return checked.ok ? ok({ text: packLines(checked.value).join('\n'), json: packJson(checked.value) }) : packFailure(path, checked.error)
  }
}
