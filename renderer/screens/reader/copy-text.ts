/**
 * Puts a text on the clipboard. The asynchronous way wants a permission that a careful shell refuses; the old way wants only
 * that somebody has just pressed a button.
 */

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const box = document.createElement('textarea')
  box.value = text
  box.className = 'unseen'
  const focused = document.activeElement
  document.body.append(box)
  box.select()
  const copied = document.execCommand('copy')
  box.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
