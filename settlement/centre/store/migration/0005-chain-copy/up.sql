-- The centre's copy of a terminal's chain is what the terminal has sent, as it came: one row a batch instead of one a fact.
-- Batches from before get the bytes that a terminal would send today (settlement/batch/frames.ts), uncompressed.
ALTER TABLE batch ADD COLUMN body BLOB NOT NULL DEFAULT x'';
UPDATE batch SET body = unhex(
  hex(
    '{"version":2,"terminal":"' || terminal || '","number":' || number || ',"previous":"'
    || coalesce((SELECT hash FROM batch AS before WHERE before.terminal = batch.terminal AND before.number = batch.number - 1),
      '0000000000000000000000000000000000000000000000000000000000000000')
    || '","first":' || first || ',"count":' || count || ',"madeAt":"' || time || '","chain":["'
    || coalesce((SELECT hash FROM fact WHERE fact.terminal = batch.terminal AND fact.sequence = batch.first - 1),
      '0000000000000000000000000000000000000000000000000000000000000000')
    || '","' || (SELECT hash FROM fact WHERE fact.terminal = batch.terminal AND fact.sequence = batch.first + batch.count - 1)
    || '"]}' || char(10)
  )
  || (SELECT string_agg(printf('%08x', length(content)) || hex(content), '' ORDER BY sequence)
    FROM fact WHERE fact.terminal = batch.terminal AND fact.batch = batch.number)
);
CREATE UNIQUE INDEX batch_first ON batch (terminal, first);

-- Facts whose verdict is not what a batch's answer says in a bit: refused, in conflict, or judged again since.
CREATE TABLE unbooked (
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  -- JSON: Verdict, as it is now
  verdict  TEXT NOT NULL,
  PRIMARY KEY (terminal, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO unbooked
SELECT fact.terminal, fact.sequence, fact.kind, fact.verdict
FROM fact JOIN batch ON batch.terminal = fact.terminal AND batch.number = fact.batch
WHERE fact.verdict LIKE '{"kind":"refused"%' OR fact.verdict LIKE '{"kind":"conflict"%'
  OR instr(batch.answer, '{"sequence":' || fact.sequence || ',"verdict":' || fact.verdict || '}') = 0;
DROP TABLE fact;
