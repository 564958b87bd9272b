-- 同一判断: the type exists before the first relationship is written.
CREATE EDGE TYPE SAME_AS IF NOT EXISTS;
