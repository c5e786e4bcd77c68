/** Five hundred rows of plain DOM, every one in the page; the total is summed again at every key. */

const PRICES = [1500, 2000, 18_000, 2500, 1200, 2539, 845, 12, 650, 18_800, 18_800, 2000]
const body = document.querySelector('#lines')
const EDITED = 2
const rows = Array.from({ length: 500 }, (_, index) => {
  const row = document.createElement('tr')
  for (const text of [String(index + 1), `item ${index + 1}`, 'A']) row.append(cell(text))
  const price = PRICES[index % PRICES.length]
  row.append(cell((price / 100).toFixed(2)))
  const quantity = cell(index === EDITED ? '' : '1')
  const amount = cell('')
  row.append(quantity, amount, cell(index % 3 === 0 ? 'pre-pay 10 %' : ''))
  body.append(row)
  return { price, quantity, amount }
})
// As in a spreadsheet: one cell is edited, the others are text.
const input = document.createElement('input')
input.value = '1'
input.addEventListener('input', recompute)
rows[EDITED].quantity.append(input)

function cell(text) {
  const element = document.createElement('td')
  element.textContent = text
  return element
}

function recompute() {
  let total = 0
  for (const [index, { price, amount }] of rows.entries()) {
    const fen = price * (index === EDITED ? Number.parseInt(input.value, 10) || 0 : 1)
    total += fen
    const text = (fen / 100).toFixed(2)
    if (amount.textContent !== text) amount.textContent = text
  }
  document.querySelector('#total').textContent = (total / 100).toFixed(2)
}

recompute()
