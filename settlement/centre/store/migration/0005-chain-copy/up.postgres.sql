-- The same as up.sql: PostgreSQL has other functions for bytes.
ALTER TABLE batch ADD COLUMN body BYTEA NOT NULL DEFAULT '';
UPDATE batch SET body = convert_to(
    '{"version":2,"terminal":"' || terminal || '","number":' || number || ',"previous":"'
    || coalesce((SELECT hash FROM batch AS before WHERE before.terminal = batch.terminal AND before.number = batch.number - 1), repeat('0', 64))
    || '","first":' || first || ',"count":' || count || ',"madeAt":"' || time || '","chain":["'
    || coalesce((SELECT hash FROM fact WHERE fact.terminal = batch.terminal AND fact.sequence = batch.first - 1), repeat('0', 64))
    || '","' || (SELECT hash FROM fact WHERE fact.terminal = batch.terminal AND fact.sequence = batch.first + batch.count - 1)
    || '"]}' || chr(10), 'UTF8')
  || (SELECT string_agg(decode(lpad(to_hex(length(content)), 8, '0'), 'hex') || content, '' ORDER BY sequence)
    FROM fact WHERE fact.terminal = batch.terminal AND fact.batch = batch.number);
CREATE UNIQUE INDEX batch_first ON batch (terminal, first);

CREATE TABLE unbooked (
  terminal TEXT COLLATE "C" NOT NULL,
  sequence BIGINT NOT NULL,
  kind     TEXT COLLATE "C" NOT NULL,
  verdict  TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (terminal, sequence)
);
INSERT INTO unbooked
SELECT fact.terminal, fact.sequence, fact.kind, fact.verdict
FROM fact JOIN batch ON batch.terminal = fact.terminal AND batch.number = fact.batch
WHERE fact.verdict LIKE '{"kind":"refused"%' OR fact.verdict LIKE '{"kind":"conflict"%'
  OR strpos(batch.answer, '{"sequence":' || fact.sequence || ',"verdict":' || fact.verdict || '}') = 0;
DROP TABLE fact;
