-- 文本: the type exists before the first relationship is written.
CREATE EDGE TYPE TEXT_OF IF NOT EXISTS;
