/** What stands against the person as such: said beside the card, because it holds for every line. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { ReasonList } from '../../components/reason-list.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'

export function PersonNotes(): ReactNode {
  const t = useWords('pharmacy')
  const person = useStore(useStores().bill, ({ head }) => head?.sale?.person ?? null)
  if (person === null || person.length === 0) return null
  return (
    <div className="person-notes" role="status">
      <ReasonList reasons={person} label={t('person-reasons')} />
    </div>
  )
}
