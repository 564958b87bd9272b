-- 修订: the type exists before the first relationship is written.
CREATE EDGE TYPE REVISES IF NOT EXISTS;
