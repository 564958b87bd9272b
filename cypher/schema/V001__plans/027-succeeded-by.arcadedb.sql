-- 承接: the type exists before the first relationship is written.
CREATE EDGE TYPE SUCCEEDED_BY IF NOT EXISTS;
