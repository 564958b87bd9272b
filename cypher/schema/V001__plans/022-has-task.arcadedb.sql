-- 下设子任务: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_TASK IF NOT EXISTS;
