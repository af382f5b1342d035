"""The reader page: one HTML file that opens offline and in which every edge opens its sentences."""
