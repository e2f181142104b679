package usher.lab.experiment;

import java.util.Optional;
import usher.lab.load.LoadReport;
import usher.lab.proc.Usage;

/// One load at the common rate, and the server before, meanwhile and after it. Of a server of
/// others there is only the load.
record Turn(
    LoadReport report, Optional<Usage> before, Optional<Usage> after, Optional<Usage> meanwhile) {}
