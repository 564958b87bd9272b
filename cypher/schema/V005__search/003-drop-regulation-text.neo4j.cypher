// The index over 法规与文件 that regulation-search replaces.
DROP INDEX regulation_text IF EXISTS;
