"""What is measured, one script each; `make bench` runs those of docs/performance.md."""
