"""Times and sizes of what packgen does, against what people would use instead."""
