"""The pages 载入: giving files, the job that reads them, the card of a reading to correct and to store; removing a plan."""
