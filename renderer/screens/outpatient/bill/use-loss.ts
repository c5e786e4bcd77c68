/** What is lost when the open bill makes way for another: one that was typed here nobody else has. null: nothing. */

import { useStore } from 'zustand'
import type { Loss } from '../../../components/drop-dialog.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'

export function useLoss(): Loss | null {
  const t = useWords('outpatient')
  const { bill } = useStores()
  const lines = useStore(bill, ({ order }) => order.length)
  const isTyped = useStore(bill, ({ head }) => head?.source === 'typed')
  return isTyped && lines > 0 ? { title: t('drop-title'), text: t('drop-text', { count: lines }) } : null
}
