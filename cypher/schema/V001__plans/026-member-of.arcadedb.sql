-- 成员: the type exists before the first relationship is written.
CREATE EDGE TYPE MEMBER_OF IF NOT EXISTS;
