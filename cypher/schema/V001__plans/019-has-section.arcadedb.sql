-- 下设部分: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_SECTION IF NOT EXISTS;
