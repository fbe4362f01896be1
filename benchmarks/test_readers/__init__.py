"""What readers with and without the lessons know: the tests as blind sheets, and their score."""
