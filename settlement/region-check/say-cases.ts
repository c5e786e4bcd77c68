/** Who, where and for what, of people of whom the same is said: "retired (aged 44): hospital of level 3 (emergency); everybody: pharmacy". */

import type { Words } from './finding.ts'
import { groupedBy } from './grouped.ts'
import type { Case } from './row-holes.ts'
import { sayPeople, type Language } from './say-people.ts'
import { sayVisits } from './say-visits.ts'

export const sayCases = (cases: readonly Case[]): Words => ({ zh: say(cases, 'zh'), en: say(cases, 'en') })

function say(cases: readonly Case[], language: Language): string {
  const all = cases.filter(({ asked }) => asked.length > 0).map(({ person }) => person)
  const failing = cases.filter(({ failed }) => failed.length > 0).map(({ person, failed, asked }) => ({ person, text: sayVisits(failed, asked, language) }))
  return [...groupedBy(failing, ({ text }) => text)]
    .map(([text, members]) => {
      const people = sayPeople(members.map(({ person }) => person), all, language)
      return text === '' ? people : `${people}${language === 'zh' ? '：' : ': '}${text}`
    })
    .join(language === 'zh' ? '；' : '; ')
}
