-- 落实: the type exists before the first relationship is written.
CREATE EDGE TYPE IMPLEMENTS IF NOT EXISTS;
