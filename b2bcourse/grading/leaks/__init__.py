"""Whether anything that only an instructor may see stands in what students get."""
