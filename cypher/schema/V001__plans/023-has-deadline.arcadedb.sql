-- 时限: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_DEADLINE IF NOT EXISTS;
