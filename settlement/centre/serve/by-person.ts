export function byPerson<Row extends { readonly psn_no: string }>(rows: Iterable<Row>): Map<string, Row[]> {
  const people = new Map<string, Row[]>()
  for (const row of rows) {
    const known = people.get(row.psn_no)
    if (known === undefined) people.set(row.psn_no, [row])
    else known.push(row)
  }
  return people
}
