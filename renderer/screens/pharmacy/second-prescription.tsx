/** A prescription that is scanned while another stands replaces nothing of itself: which of the two it is to be is asked. */

import { lazy, Suspense, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { usePick, useWords } from '../../i18n/use-words.ts'
import { useSale } from './use-sale.ts'

const AskDialog = lazy(async () => ({ default: (await import('../../components/ask-dialog.tsx')).AskDialog }))

export function SecondPrescription(): ReactNode {
  const t = useWords('pharmacy')
  const pick = usePick()
  const { sale, actions } = useSale()
  const second = useStore(sale, (state) => state.second)
  if (second === null) return null
  return (
    <Suspense>
      <AskDialog
        title={t('rx-second')}
        text={`${pick(second.refusal.what)} ${t('rx-second-loss')}`}
        stop={[t('rx-second-keep'), () => sale.setState({ second: null })]}
        goOn={[t('rx-second-take'), () => void actions.takeSecond()]}
      />
    </Suspense>
  )
}
