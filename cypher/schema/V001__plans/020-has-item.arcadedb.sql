-- 下设事项: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_ITEM IF NOT EXISTS;
