"""An author's items as a workbook: people across, benefits down, marks in the cells; and back."""
