-- 原文: the type exists before the first relationship is written.
CREATE EDGE TYPE HAS_TEXT IF NOT EXISTS;
