// The index over 单位 that unit-search replaces.
DROP INDEX unit_text IF EXISTS;
