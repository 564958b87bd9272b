-- 下设分项: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_PART IF NOT EXISTS;
