-- The index over 任务事项 that item-search replaces.
DROP INDEX item_text IF EXISTS;
