-- 隶属: the type exists before the first relationship is written.
CREATE EDGE TYPE PART_OF IF NOT EXISTS;
