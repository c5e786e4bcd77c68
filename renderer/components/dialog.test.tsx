// @vitest-environment jsdom
/** What of a dialog all of them share. */

import { act, cleanup, render, screen } from '@testing-library/react'
import { useRef, type ReactNode } from 'react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { speak } from '../i18n/words.ts'
import { Dialog } from './dialog.tsx'

beforeEach(async () => {
  localStorage.clear()
  await speak('zh-CN')
})
afterEach(cleanup)

/** Frames after which antd has told of an open dialog, several times over. */
const FRAMES = 20

function Asking(): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  return (
    <Dialog title="title" width="30rem" close={() => undefined} focus={() => field.current?.focus()}>
      <button type="button">first</button>
      <input aria-label="reason" ref={field} />
    </Dialog>
  )
}

async function frames(): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame += 1) await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))
}

it('has the keyboard where it wants it in the moment in which it opens, and does not take it back from a quick hand', async () => {
  render(<Asking />)
  const field = screen.getByLabelText('reason')
  expect(document.activeElement).toBe(field)
  const button = screen.getByRole('button', { name: 'first' })
  act(() => button.focus())
  await frames()
  expect(document.activeElement).toBe(button)
})
