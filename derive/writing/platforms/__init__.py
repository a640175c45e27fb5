"""Problems for learning platforms: Moodle XML, and packages of QTI 2.1."""
