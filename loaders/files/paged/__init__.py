"""Files made of pages: PDF, OFD and images, from signs with boxes to paragraphs and tables."""
