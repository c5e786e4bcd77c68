import { ok, type Result } from '../../../base/result.ts'
import type { SeedReport } from '../../centre/seed.ts'
import { required, type Command } from '../command.ts'
import { asBadInput } from '../document.ts'
import type { Failure } from '../failure.ts'
import { inCentre } from '../in-centre.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--db URL [--from FOLDER]'

export const centreSeedCommand: Command = {
  name: 'centre seed',
  synopsis: SYNOPSIS,
  summary: "people, cards, institutions, policies and catalogue of the fixtures into a centre's database; what is there stays (中心数据)",
  options: { db: { type: 'string' }, from: { type: 'string' } },
  positionals: [],
  run: async (input, terminal) => {
    const url = required(input, 'db', `centre seed ${SYNOPSIS}`)
    if (!url.ok) return url
    const report = await seed(url.value, input.text('from') ?? terminal.fixtures, terminal)
    return report.ok ? ok({ text: seedText(report.value), json: { added: report.value } }) : report
  }
}

async function seed(url: string, fixtures: string, { entropy, clock }: Terminal): Promise<Result<SeedReport, Failure>> {
  return inCentre(url, async (database) => {
    const { seedCentre } = await import('../../centre/seed.ts')
    return asBadInput(await seedCentre(database, { fixtures, entropy, today: clock().today }))
  }, { create: true })
}

export const seedText = ({ institutions, people, cards, policies, catalogues }: SeedReport): string =>
  `added: ${institutions} institutions 机构, ${people} people 人员, ${cards} cards 卡, ${policies} policies 政策, ${catalogues} catalogues 目录`
